import * as z from 'zod';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { resourceName } from '../../changes/resource-name.ts';
import { definePolicy } from '../define.ts';
import { inProduction } from '../levels.ts';

const labels = z.record(z.string(), z.string());
const budget = z.looseObject({ spec: z.looseObject({ selector: z.looseObject({ matchLabels: labels }) }) });
const workload = z.looseObject({
  spec: z.looseObject({ template: z.looseObject({ metadata: z.looseObject({ labels }) }) }),
});

/** The kinds of objects with several pods of a service. */
const workloads = ['kubernetes:apps/v1:Deployment', 'kubernetes:argoproj.io/v1alpha1:Rollout'];

export const disruptionBudget = definePolicy({
  name: 'disruption-budget',
  description:
    'On Kubernetes, a PodDisruptionBudget limits how many replicas of a service a node drain stops at once.',
  levels: inProduction,
  check: ({ graph, resources }) => {
    const several = new Set(
      graph.services
        .filter(({ form, config }) => form === 'code' && config.replicas.min >= 2)
        .map(({ name }) => name),
    );
    return resources
      .filter(({ type, component = '' }) => workloads.includes(type) && several.has(component))
      .filter((deployment) => !hasBudget(deployment, resources))
      .map((deployment) => ({
        path: ['services', deployment.component ?? ''],
        message: `no PodDisruptionBudget selects the pods of ${resourceName(deployment)}`,
      }));
  },
});

function hasBudget({ values }: RecordedResource, resources: readonly RecordedResource[]): boolean {
  const pods = workload.safeParse(values).data?.spec.template.metadata.labels ?? {};
  return resources
    .filter(({ type }) => type === 'kubernetes:policy/v1:PodDisruptionBudget')
    .map((resource) => budget.safeParse(resource.values).data?.spec.selector.matchLabels)
    .some(
      (selector) => selector && Object.entries(selector).every(([label, value]) => pods[label] === value),
    );
}
