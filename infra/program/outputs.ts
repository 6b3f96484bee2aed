import type { Output } from '@pulumi/pulumi';
import type { Deployment } from '../targets/shared/target.ts';

export interface Outputs {
  /** Public URL of the system; absent without a gateway. */
  url?: Output<string>;
  /** Private address of each service that listens, by name. */
  services: Record<string, string>;
}

/** Returns the outputs of the stack, which `pulumi stack output` shows. */
export function toOutputs({ url, services }: Deployment): Outputs {
  const addresses = Object.entries(services).flatMap(([name, { address }]) =>
    address === undefined ? [] : [[name, address] as const],
  );
  return { ...(url !== undefined && { url }), services: Object.fromEntries(addresses) };
}
