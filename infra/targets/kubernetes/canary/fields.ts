import type { CodeService } from '../../../stack/schema.ts';
import type { CodeSupport } from '../../shared/support.ts';
import { canShare, replicasFor, sharesOf } from './shares.ts';

/** What a cluster with Argo Rollouts does with `rollout`. */
export const rolloutByPods: CodeSupport['rollout'] = {
  strategy: {
    honoured: '`rolling`, `canary`',
    refuse: (strategy) =>
      strategy === 'blueGreen'
        ? 'Argo Rollouts would change the selector of the Service, which `up` owns; write `canary` with steps, or `rollout: null` in the overlay of this environment'
        : undefined,
  },
  steps: {
    honoured: 'shares that the number of `replicas` can express',
    refuse: (steps, { replicas: { min } }: CodeService) => {
      // While a queue is empty there is no pod, and later at least one.
      const replicas = Math.max(min, 1);
      const missed = steps.filter((share) => !canShare(replicas, share));
      if (missed.length === 0) return undefined;
      const pods = replicas === 1 ? '1 replica' : `${replicas} replicas`;
      const possible = sharesOf(replicas).map((share) => `${share}%`);
      const needed = missed.map((share) => `${share}% needs replicas: ${replicasFor(share)}`).join(', ');
      return `Kubernetes divides requests by the number of pods, and ${pods} can express ${possible.join(', ')}; ${needed}`;
    },
  },
  analysis: { errors: 'honoured', p99: 'honoured', for: 'honoured', minRequests: 'honoured' },
};
