import type { NetworkArgs } from '@pulumi/docker/network.js';
import { labelList } from './labels.ts';
import type { NetworkPlan } from './plan.ts';

export function networkArgs(
  { name, internal, subnet }: NetworkPlan,
  labels: Record<string, string>,
): NetworkArgs {
  return { name, driver: 'bridge', internal, ipamConfigs: [{ subnet }], labels: labelList(labels) };
}
