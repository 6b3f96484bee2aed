import { UserError } from '../../../../tools/user-error.ts';
import type { Kubectl } from '../kubectl.ts';
import type { Cause } from './causes.ts';
import type { Live } from './objects.ts';

/** Returns why Argo Rollouts has given up a version: the judgement of its canary, or what keeps its pods from getting ready. */
export function abortOf({ workload, judgements }: Live, causes: Cause[]): Cause {
  const judged = judgements.findLast(({ phase }) => ['Failed', 'Error', 'Inconclusive'].includes(phase));
  const [cause] = causes;
  if (judged === undefined && cause !== undefined) return cause;
  const next = ['describe', 'rollouts.argoproj.io', workload.metadata.name];
  if (judged === undefined) {
    return { reason: `Argo Rollouts gave it up: ${workload.status.message}`, patience: 0, next };
  }
  const describe = ['describe', 'analysisruns.argoproj.io', judged.name];
  return { reason: judged.text || 'its analysis failed', patience: 0, next: describe };
}

/** Begins the steps of an aborted version again. */
export async function tryAgain(kubectl: Kubectl, namespace: string, rollout: string): Promise<void> {
  const patch = JSON.stringify({ status: { abort: false } });
  const flags = [`--namespace=${namespace}`, '--subresource=status', '--type=merge', `--patch=${patch}`];
  const { code, problem } = await kubectl('patch', 'rollouts.argoproj.io', rollout, ...flags);
  if (code !== 0) throw new UserError(`kubectl patch failed: ${problem}`);
}
