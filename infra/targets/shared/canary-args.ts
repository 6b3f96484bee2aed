import type { CodeService } from '../../stack/schema.ts';
import type { Running } from '../../stack/running.ts';

/** Returns the plan of a canary; nothing with the strategy `rolling`. For `blueGreen`, one step has all requests. */
export function canaryArgs({ rollout }: Pick<CodeService, 'rollout'>): { canary?: Running['canary'] } {
  if (rollout?.analysis === undefined) return {};
  const { errors, p99, for: seconds, minRequests } = rollout.analysis;
  return {
    canary: {
      steps: rollout.steps ?? [100],
      analysis: {
        ...(errors !== undefined && { errors }),
        ...(p99 !== undefined && { p99 }),
        for: seconds,
        minRequests,
      },
    },
  };
}
