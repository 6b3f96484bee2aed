import type { Output } from '@pulumi/pulumi';
import type { Text } from '../plan/hole.ts';
import type { Plan } from '../targets/shared/target.ts';

export interface Outputs {
  /** Public URL of the system; absent without a gateway. */
  url?: Output<string>;
  /** Private address of each service that listens, by name. */
  services: Record<string, string>;
}

/** Returns the outputs of the stack, which `pulumi stack output` shows. `filled` fills a hole. */
export function toOutputs({ url, services }: Plan, filled: (text: Text) => Output<string>): Outputs {
  const addresses = Object.entries(services).flatMap(([name, { address }]) =>
    address === undefined ? [] : [[name, address] as const],
  );
  return { ...(url !== undefined && { url: filled(url) }), services: Object.fromEntries(addresses) };
}
