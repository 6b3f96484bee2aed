import type { Output } from '@pulumi/pulumi';
import type { Deployment } from './targets/target.ts';

export interface Outputs {
  /** Where people reach the system; absent without a gateway. */
  url?: Output<string>;
  /** Private address by service, for those that listen. */
  services: Record<string, string>;
}

/** What `pulumi stack output` shows. */
export function toOutputs({ url, services }: Deployment): Outputs {
  const addresses = Object.entries(services).flatMap(([name, { address }]) =>
    address === undefined ? [] : [[name, address] as const],
  );
  return { ...(url !== undefined && { url }), services: Object.fromEntries(addresses) };
}
