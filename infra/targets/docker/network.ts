import type { NetworkArgs } from '@pulumi/docker/network.js';
import type { WithHoles } from '../../plan/resource.ts';
import type { NetworkPlan } from './planned.ts';

export function networkArgs(
  { name, internal, subnet }: NetworkPlan,
  labels: WithHoles<NetworkArgs['labels']>,
): WithHoles<NetworkArgs> {
  return { name, driver: 'bridge', internal, ipamConfigs: [{ subnet }], labels };
}
