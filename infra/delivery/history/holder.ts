import { railheadCommand } from '../../common/commands.ts';
import type { Store } from '../../store/store.ts';
import { Busy, waitCommand } from '../turn.ts';
import { nameOf } from './draw.ts';
import { outcomeOf } from './outcome.ts';
import { numbersIn } from './paths.ts';
import { readRecord } from './read-history.ts';
import type { HistoryRecord } from './record.ts';

/** Who changes an environment. */
export interface Holding {
  /** The update that runs, or that may run on another machine. Undefined if the environment is free. */
  holder: HistoryRecord | undefined;
  /** Updates that were never closed and whose processes have ended, as this machine can prove. */
  dead: HistoryRecord[];
}

/**
 * Finds the update that holds an environment: one whose record is open. An update holds the environment from the moment at which its
 * record exists, unless an earlier one does. So all updates before one that has ended by itself have ended too, and the search stops there.
 * Throws UserError if a record cannot be read: its update may run.
 *
 * @param before only updates with smaller numbers
 */
export async function findHolder(store: Store, environment: string, before = Infinity): Promise<Holding> {
  const dead: HistoryRecord[] = [];
  for (const number of await numbersIn(store, environment)) {
    const record = number < before ? await readRecord(store, environment, number) : undefined;
    if (record === undefined) continue;
    const outcome = outcomeOf(record);
    if (outcome === 'running' || outcome === 'open') return { holder: record, dead };
    if (record.ending === undefined) dead.push(record);
    // A refused update may have found another one that ran. So may one that was killed, whose record was closed later.
    else if (outcome !== 'refused' && !record.ending.closedBy) break;
  }
  return { holder: undefined, dead };
}

/** The commands that wait for an environment to be free. */
export type Waiting = HistoryRecord['command'] | 'rollback' | 'recover';

/** Throws Busy while another update of an environment runs, or may run on another machine. */
export async function requireFree(
  store: Store,
  environment: string,
  command: Waiting,
  before?: number,
): Promise<Holding> {
  const holding = await findHolder(store, environment, before);
  if (holding.holder !== undefined) throw refusal(holding.holder, command);
  return holding;
}

/** Says who holds an environment and since when: "`up` #12 of prod by Ada runs (pid 4711, since …)". */
export function describeHolder(holder: HistoryRecord): string {
  const { environment, number, who, writer, started } = holder;
  const what = `\`${nameOf(holder)}\` #${number} of ${environment} by ${who.name}`;
  return outcomeOf(holder) === 'running'
    ? `${what} runs (pid ${writer.pid}, since ${started})`
    : `${what} has not ended (pid ${writer.pid} on ${writer.host}, since ${started})`;
}

/** Says how an environment becomes free if its holder was killed. */
export function adviseUnlock({ environment, number, writer }: HistoryRecord): string {
  return `Only ${writer.host} can say whether it still runs. If it was killed there: ${railheadCommand(environment, 'unlock', String(number))}`;
}

function refusal(holder: HistoryRecord, command: Waiting): Busy {
  const { environment, writer } = holder;
  return new Busy(
    [
      `${describeHolder(holder)}, so nothing was changed.`,
      `Wait for its end: ${waitCommand(command, environment)}`,
      outcomeOf(holder) === 'running' ? `Or end it: kill ${writer.pid}` : adviseUnlock(holder),
    ].join('\n'),
  );
}
