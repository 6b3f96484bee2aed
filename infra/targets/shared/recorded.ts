import type { Properties } from '../../provider/wire.ts';

/** A resource as the engine would receive it. */
export interface RecordedResource extends Properties {
  urn: string;
  /** `kubernetes:apps/v1:Deployment` */
  type: string;
  /** Pulumi's name of the resource. */
  name: string;
  /** URNs of the resources that must be created before. */
  dependsOn: string[];
  /** The service that the resource belongs to, or `gateway`. Absent if it belongs to the whole environment. */
  component?: string;
  /** Whether Pulumi refuses to delete the resource, or deletes it from the state only. */
  isKept?: boolean;
}

/** Returns a placeholder for an output that is known only after the resource has been created. */
export function placeholder(resource: string, output: string): string {
  return `<${resource}.${output}>`;
}
