import { kubectlCommand } from '../../../common/commands.ts';
import { UserError } from '../../../../tools/user-error.ts';
import {
  lastLines,
  rolloutError,
  runFailure,
  runName,
  shownLines,
} from '../../../common/failure-messages.ts';
import { startHint } from '../../../containers/start-hint.ts';
import type { Step } from '../../../provider/kind.ts';
import { clusterFlags, kubectlOf, type Kubectl } from '../kubectl.ts';
import { causesOf, type Cause } from './causes.ts';
import { reported, runAgain } from './job.ts';
import { abortOf, tryAgain } from './abort.ts';
import { look } from './look.ts';
import { readLive, type Live } from './objects.ts';
import { describeProgress, isAborted, isDone, isObserved, progressOf } from './progress.ts';
import type { RolloutInputs } from './rollout-inputs.ts';

/** Waits until the newest revision of the workload runs. Throws UserError as soon as a problem outlasts its `patience`. */
export async function awaitRollout(inputs: RolloutInputs, { signal, progress }: Step): Promise<void> {
  const { root, environment, namespace, kind, workload, timeout } = inputs;
  const kubectl = kubectlOf(root, environment);
  /** Time since which each cause holds. */
  let since = new Map<string, number>();
  let best = -Infinity;
  let deadline = 0;
  /** The judgements of an attempt that this update repeats. */
  let former: string[] = [];
  for (let isFirst = true; ;) {
    signal.throwIfAborted();
    const answer = await look(kubectl, namespace, kind);
    if (answer === undefined) continue;
    const found = readLive(answer, kind, workload);
    if (found === undefined) throw new UserError(`There is no ${kind} ${workload} in ${namespace}.`);
    const live = { ...found, judgements: found.judgements.filter(({ name }) => !former.includes(name)) };
    if (isDone(live)) {
      const passed = live.judgements.filter(({ phase }) => phase === 'Successful');
      if (passed.length > 0) progress(`canary: ${passed.map(({ text }) => text).join('; ')}`);
      return;
    }
    progress(describeProgress(live));
    const causes = causesOf(live);
    if (isFirst && (kind !== 'Rollout' || isObserved(live.workload))) {
      isFirst = false;
      if (await retry(kubectl, inputs, live, causes)) {
        former = live.judgements.map(({ name }) => name);
        continue;
      }
    }
    const now = Date.now();
    since = new Map(causes.map(({ reason }) => [reason, since.get(reason) ?? now]));
    const final = causes.find(({ reason, patience }) => now - since.get(reason)! >= patience * 1000);
    if (isAborted(live)) throw await describe(kubectl, inputs, live, abortOf(live, causes));
    if (final !== undefined || hasFailed(live))
      throw await describe(kubectl, inputs, live, final ?? causes[0]);
    if (progressOf(live) > best) {
      best = progressOf(live);
      deadline = now + timeout * 1000;
    }
    if (now > deadline) throw await describe(kubectl, inputs, live, late(causes[0], live, timeout));
  }
}

function hasFailed({ workload: { kind, status } }: Live): boolean {
  return (
    kind === 'Job' && status.conditions.some(({ type, status }) => type === 'Failed' && status === 'True')
  );
}

/**
 * Restarts the pods, the Job or the canary that an earlier update left failed: by now Kubernetes pauses for minutes before it restarts a
 * pod. Returns whether anything was restarted.
 */
async function retry(
  kubectl: Kubectl,
  { namespace, workload }: RolloutInputs,
  live: Live,
  causes: Cause[],
): Promise<boolean> {
  if (hasFailed(live) && live.workload.metadata.annotations[reported] !== undefined) {
    await runAgain(kubectl, namespace, workload);
    return true;
  }
  if (isAborted(live)) {
    await tryAgain(kubectl, namespace, workload);
    return true;
  }
  const old = causes.flatMap(({ isOld, pod }) => (isOld && pod !== undefined ? [pod] : []));
  if (live.workload.kind === 'Job' || old.length === 0) return false;
  await kubectl('delete', 'pods', ...old, `--namespace=${namespace}`, '--wait=false');
  return true;
}

function late(cause: Cause | undefined, live: Live, timeout: number): Cause {
  const { kind, metadata } = live.workload;
  const next = ['describe', kind.toLowerCase(), metadata.name];
  const found = cause ?? { reason: describeProgress(live), patience: 0, next };
  return { ...found, reason: `${found.reason}; waited for ${timeout} s` };
}

async function describe(
  kubectl: Kubectl,
  { root, environment, name, namespace, workload, isService = false }: RolloutInputs,
  live: Live,
  cause: Cause | undefined,
): Promise<UserError> {
  const command = (...words: string[]) =>
    kubectlCommand(namespace, clusterFlags(root, environment), ...words);
  const log = await logOf(kubectl, namespace, cause);
  const hint = startHint(log);
  if (live.workload.kind !== 'Job') {
    const { reason, check, next } = cause!;
    const { stillServes } = live;
    return rolloutError(name, {
      reason,
      check,
      hint,
      log,
      stillServes,
      next: command(...next),
    });
  }
  await kubectl('annotate', 'job', workload, `${reported}=true`, '--overwrite', `--namespace=${namespace}`);
  const failed = live.workload.status.conditions.find(({ type }) => type === 'Failed');
  const what = `${runName(name, isService)} failed: ${cause?.reason ?? failed?.message ?? 'it did not end'}`;
  const next = command(...(cause?.next ?? ['describe', 'job', workload]));
  return new UserError(runFailure({ environment, what, isService, hint, log, next }));
}

async function logOf(kubectl: Kubectl, namespace: string, cause: Cause | undefined): Promise<string[]> {
  if (cause?.log === undefined) return [];
  const { pod, container, previous } = cause.log;
  const flags = [`--namespace=${namespace}`, `--container=${container}`, `--tail=${shownLines}`];
  const { code, stdout } = await kubectl('logs', pod, ...flags, ...(previous ? ['--previous'] : []));
  return code === 0 ? lastLines(stdout) : [];
}
