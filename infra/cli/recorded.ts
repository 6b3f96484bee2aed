import type { Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { endingOf } from '../delivery/history/ending.ts';
import { openAlone } from '../delivery/history/hold.ts';
import type { Draft } from '../delivery/history/open-record.ts';
import { withPushedImages } from '../delivery/history/pushed-images.ts';
import type { Ending, HistoryRecord, RecordedRelease } from '../delivery/history/record.ts';
import { updateMessage } from '../delivery/notify/notification.ts';
import { notify, webhookKeyName } from '../delivery/notify/notify.ts';
import { observe } from '../delivery/update/observe.ts';
import { outputsOf } from '../delivery/update/outputs.ts';
import { summarise, type UpdateSummary } from '../delivery/update/summary.ts';
import { openStore } from '../store/open-store.ts';
import type { EngineCall } from './engine-call.ts';
import { getSecret } from './secret-config.ts';

/** What a command does while its record is open. */
export interface Recording<Engine = EngineCall> {
  /** The engine, for the command that changes the stack: what it does is recorded. */
  engine: Engine;
  /** Adds the release that was built. */
  built: (release: RecordedRelease) => Promise<void>;
  /** Replaces what is recorded as declared, once the engine has set config. */
  configured: (declared: HistoryRecord['declared']) => void;
  /** Notes that the environment changes without the engine. */
  touch: () => void;
}

export interface RecordedRun extends UpdateSummary {
  /** Pulumi's exit code. */
  code: number;
  outcome: Ending['result'];
  /** The number of the record. */
  number: number;
  seconds: number;
  /** What was built, with the digests of the images that are in a registry. */
  release: RecordedRelease;
  /** The outputs of the stack, if the engine reported them: with `[secret]` in place of a secret. */
  outputs: Record<string, unknown> | undefined;
}

/**
 * Runs a command that changes an environment, with a record in the history: created before `work`, closed after it. Then tells the
 * webhook of the environment. Throws UserError if the store cannot be written, and Busy if another update holds the environment.
 *
 * @param work returns Pulumi's exit code
 */
export async function recorded<Engine extends Pick<EngineCall, 'run' | 'read'>>(
  pulumi: Engine,
  environment: Pick<Environment, 'name' | 'store' | 'webhook'>,
  draft: Omit<Draft, 'environment'> & { seen?: number },
  work: (recording: Recording<Engine>) => Promise<number>,
): Promise<RecordedRun> {
  const store = openStore(environment);
  const record = await openAlone(store, projectRoot(), { environment: environment.name, ...draft });
  const { started, number } = record;
  const observed = observe(pulumi, `railhead #${number}`);
  let builtAt: Date | undefined;
  let touched = false;
  let declared: HistoryRecord['declared'];
  const configured = (found: typeof declared) => void (declared = found);
  const touch = () => void (touched = true);
  let release: RecordedRelease | undefined;
  const built = async (found: RecordedRelease) => {
    builtAt = new Date();
    release = found;
    await record.add({ release });
  };
  const close = async (code: number, result: Ending['result']): Promise<RecordedRun> => {
    const { events } = observed;
    const summary = summarise(events, started, builtAt);
    const ending = endingOf({ started, result, summary, events });
    const pushed = release && withPushedImages(release, events);
    const known = { ...(declared && { declared }), ...(pushed && { release: pushed }) };
    await record.add({ ...known, ending }).catch((error: unknown) => {
      console.error(
        `The record #${number} in ${store.describe()} was not closed: ${(error as Error).message}`,
      );
    });
    const readKey = () => getSecret(pulumi, environment.name, webhookKeyName);
    await notify(environment, updateMessage(record.current(), ending), { readKey, say: console.error });
    return {
      ...summary,
      ...{ code, outcome: result, number, seconds: ending.seconds },
      ...{ release: pushed ?? {}, outputs: outputsOf(events) },
    };
  };
  let code: number;
  try {
    code = await work({ engine: observed.engine, built, configured, touch });
  } catch (error) {
    await close(1, observed.ran || touched ? 'failed' : 'refused');
    throw error;
  }
  return close(code, code === 0 ? 'succeeded' : observed.interrupted ? 'interrupted' : 'failed');
}

/** Returns the mark of an update that Pulumi's flags limit to some resources. */
export function partial(flags: readonly string[]): { partial?: true } {
  return flags.some((flag) => /^(-[tx]|--target|--exclude)/.test(flag)) ? { partial: true } : {};
}
