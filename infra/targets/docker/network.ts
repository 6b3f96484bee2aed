import type { NetworkArgs } from '@pulumi/docker/network.js';
import type { NetworkPlan } from './planned.ts';

export function networkArgs(
  { name, internal, subnet }: NetworkPlan,
  labels: NetworkArgs['labels'],
): NetworkArgs {
  return { name, driver: 'bridge', internal, ipamConfigs: [{ subnet }], labels };
}
