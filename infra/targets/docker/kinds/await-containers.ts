import { setTimeout as sleep } from 'node:timers/promises';
import { dockerCommand } from '../../../common/commands.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { rolloutError } from '../../../common/failure-messages.ts';
import { startHint } from '../../../containers/start-hint.ts';
import type { Step } from '../../../provider/kind.ts';
import { logOfStart } from './container-log.ts';
import { docker } from './docker.ts';
import { describeEnd, failedCheck, isRunning, readInspected, type Inspected } from './inspected.ts';
import { runningWith } from './orders.ts';
import type { ReadinessInputs } from './inputs.ts';

/** Milliseconds between two looks. */
const pause = 500;

/** Starts after which a container is in a crash loop. Docker pauses for 1.5 s in total before the fifth start. */
const mostStarts = 5;

/** Resolves when all containers are healthy. Throws a UserError with the cause as soon as it is known. */
export async function awaitContainers(inputs: ReadinessInputs, { signal, progress }: Step): Promise<void> {
  const { name, containers, timeout, minReady } = inputs;
  const deadline = Date.now() + timeout * 1000;
  const restartsBefore = new Map<string, number>();
  /** Time at which each start of a container was first seen. */
  const seen = new Map<string, number>();
  /** The last look at each container that found it ended. */
  const ends = new Map<string, Inspected>();
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted();
    const found = await inspect(containers);
    if (isFirst) for (const container of found) await retry(container, restartsBefore);
    else for (const container of found) if (!isRunning(container)) ends.set(container.Id, container);
    const now = Date.now();
    const isReady = ({ Id, State }: Inspected) => {
      if (State.Health) return State.Health.Status === 'healthy';
      const start = `${Id} ${State.StartedAt}`;
      if (!seen.has(start)) seen.set(start, now);
      return State.Status === 'running' && now - seen.get(start)! >= minReady * 1000;
    };
    const waiting = found.filter((container) => !isReady(container));
    if (waiting.length === 0) return;
    progress(`${found.length - waiting.length} of ${found.length} containers are ready`);
    const restarts = (container: Inspected) => restartsBefore.get(container.Id) ?? 0;
    const ended = waiting.find((container) => !isFirst && hasFailed(container, restarts(container)));
    if (ended !== undefined) throw await describe(name, ended, describeEnd(ended, restarts(ended)), found);
    if (now > deadline) {
      const [last] = waiting as [Inspected];
      // A container in a crash loop may just run again, and does not show its last exit code while it runs.
      const isLoop = last.RestartCount - restarts(last) >= 2;
      const first = (isLoop && ends.get(last.Id)) || last;
      const reason = isRunning(first)
        ? `container ${first.Name} runs, but is not healthy; waited for ${timeout} s`
        : describeEnd(first, restarts(first));
      throw await describe(name, first, reason, found, last.State.StartedAt);
    }
    await sleep(pause, undefined, { signal });
  }
}

/** Returns whether the container has ended for good, or too often. */
function hasFailed({ RestartCount, State: { Status } }: Inspected, restartsBefore: number): boolean {
  if (Status === 'exited' || Status === 'dead') return true;
  return Status === 'restarting' && RestartCount - restartsBefore + 1 >= mostStarts;
}

/** Starts a container that an earlier update left stopped, or in a long pause before its next start. */
async function retry(
  { Id, State, RestartCount }: Inspected,
  restartsBefore: Map<string, number>,
): Promise<void> {
  if (State.Status === 'running') return;
  restartsBefore.set(Id, RestartCount);
  await docker(['restart', Id]);
}

async function describe(
  service: string,
  container: Inspected,
  reason: string,
  own: Inspected[],
  latestStart?: string,
): Promise<UserError> {
  const log = await logOfStart(container, latestStart);
  return rolloutError(service, {
    reason,
    check: failedCheck(container),
    hint: startHint(log),
    log,
    stillServes: await othersRun(container, own),
    next: dockerCommand('logs', container.Name),
  });
}

/** Returns whether containers of the previous deployment run. They have the same labels. */
async function othersRun({ Config: { Labels } }: Inspected, own: Inspected[]): Promise<boolean> {
  const labels = Object.entries(Labels).filter(([label]) => label.startsWith('railhead.'));
  const running = await runningWith(Object.fromEntries(labels));
  return running.some((id) => own.every(({ Id }) => Id !== id));
}

async function inspect(containers: string[]): Promise<Inspected[]> {
  const { code, stdout, problem } = await docker(['inspect', ...containers]);
  if (code !== 0) throw new UserError(`docker inspect failed: ${problem}`);
  return readInspected(stdout);
}
