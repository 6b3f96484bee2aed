import { setTimeout as sleep } from 'node:timers/promises';
import { openPair, type Pair } from '../../infra/cli/testing/pair.ts';
import { spawnRailhead } from '../../infra/cli/testing.ts';
import { openAlone } from '../../infra/delivery/history/hold.ts';
import { findHolder } from '../../infra/delivery/history/holder.ts';
import { outcomeOf } from '../../infra/delivery/history/outcome.ts';
import { readHistory } from '../../infra/delivery/history/read-history.ts';
import { signalProcess } from '../../infra/common/process-identity.ts';
import { processesOf } from '../live/processes.ts';
import { freePort } from '../servers.ts';
import { deliveries, type Delivery } from './delivery-kills-commands.ts';
import { randomFrom } from './random.ts';
import type { Row, ScenarioOptions } from './row.ts';

export const name = 'delivery-kills';

/** What one kill has left behind. */
interface Trial {
  problems: string[];
  healSeconds: number;
  /** Whether the command had ended before its kill. */
  hadEnded: boolean;
  /** Whether a rival has met the command while it held the environment. */
  metHolder: boolean;
}

/**
 * Kills `up`, `promote` and `rollback` with kill -9 at random moments: the command alone, or with everything that it has started
 * except supervisors. The next command must end healthy, all records must be whole, and no rival may take the lock while the
 * command lives.
 */
export async function run({ short, seed, report }: ScenarioOptions): Promise<Row[]> {
  const random = randomFrom(seed);
  const pair = openPair(await freePort());
  const rows: Row[] = [];
  try {
    await pair.deployBoth('first');
    for (const delivery of deliveries) {
      const typical = await timeOf(pair, delivery);
      const trials: Trial[] = [];
      const count = short ? 2 : 10;
      for (let index = 1; index <= count; index++) {
        const moment = random() * typical;
        const whole = index % 2 === 0;
        const trial = await tryKill(pair, delivery, { version: `${delivery.name}-${index}`, moment, whole });
        trials.push(trial);
        const end = trial.hadEnded ? ', had ended' : '';
        report(
          `${delivery.name} ${index}/${count}: ${whole ? 'all' : 'the command'} killed after ${(moment / 1000).toFixed(1)} of ${(typical / 1000).toFixed(1)} s${end}, healed in ${trial.healSeconds.toFixed(1)} s${trial.problems.map((problem) => `\n  ${problem}`).join('')}`,
        );
      }
      rows.push(toRow(delivery, trials));
    }
  } finally {
    await pair.close();
  }
  return rows;
}

/** Returns the milliseconds that a command takes without a kill. */
async function timeOf(pair: Pair, delivery: Delivery): Promise<number> {
  await delivery.prepare(pair, `${delivery.name}-0`);
  const begin = performance.now();
  await pair.succeed(...delivery.command);
  const took = performance.now() - begin;
  await delivery.heal(pair);
  return took;
}

async function tryKill(
  pair: Pair,
  delivery: Delivery,
  { version, moment, whole }: { version: string; moment: number; whole: boolean },
): Promise<Trial> {
  const expected = await delivery.prepare(pair, version);
  const before = new Set(processesOf(pair.root).map(({ pid }) => pid));
  const child = spawnRailhead(pair.root, ...delivery.command);
  child.stdout.resume();
  child.stderr.resume();
  await sleep(moment);
  const problems: string[] = [];
  const metHolder = await challenge(pair, delivery.environment, problems);
  const hadEnded = child.exitCode !== null;
  child.kill('SIGKILL');
  const own = processesOf(pair.root).filter(
    ({ pid, command }) => !before.has(pid) && !/supervisor/.test(command),
  );
  if (whole) for (const { pid } of own) signalProcess(pid, 'SIGKILL');
  const begin = performance.now();
  try {
    await delivery.heal(pair);
    const reply = await pair.reply(delivery.environment);
    if (reply !== expected) problems.push(`${delivery.environment} answers ${reply}, and not ${expected}`);
  } catch (error) {
    problems.push(String(error));
  }
  problems.push(...(await brokenRecords(pair)));
  return { problems, healSeconds: (performance.now() - begin) / 1000, hadEnded, metHolder };
}

/** Tries to take the lock of an update that runs. Returns whether one ran. */
async function challenge(pair: Pair, environment: string, problems: string[]): Promise<boolean> {
  const { holder } = await findHolder(pair.store, environment);
  if (holder === undefined) return false;
  const rival = await openAlone(pair.store, pair.root, { environment, command: 'up' }).catch(() => undefined);
  const now = await readHistory(pair.store, environment, Infinity);
  const ended = now.records.find(({ number }) => number === holder.number)?.ending;
  if (rival === undefined) return true;
  if (ended === undefined) problems.push(`#${rival.number} took the lock of #${holder.number}, which runs`);
  const none = { changes: [], unchanged: [], failed: [], steps: [] };
  await rival.add({ ending: { ended: new Date().toISOString(), result: 'refused', seconds: 0, ...none } });
  return true;
}

/** Returns what is wrong with the records of both environments after the last command has ended. */
async function brokenRecords({ store }: Pair): Promise<string[]> {
  const found = await Promise.all(
    ['dev', 'qa'].map(async (environment) => {
      const { records, problems } = await readHistory(store, environment, Infinity);
      const numbers = records.map(({ number }) => number);
      const open = records.filter(({ ending }) => ending === undefined);
      return [
        ...problems,
        ...open.map((record) => `#${record.number} of ${environment} is open: ${outcomeOf(record)}`),
        ...(numbers.every((number, index) => number === records.length - index)
          ? []
          : [`${environment} has the numbers ${numbers.join(', ')}`]),
      ];
    }),
  );
  return found.flat();
}

function toRow({ name: command }: Delivery, trials: readonly Trial[]): Row {
  const failed = trials.filter(({ problems }) => problems.length > 0).length;
  const ended = trials.filter(({ hadEnded }) => hadEnded).length;
  const met = trials.filter(({ metHolder }) => metHolder).length;
  return {
    fault: `kill -9 during ${command}`,
    trials: trials.length,
    lost: undefined,
    doubled: undefined,
    failed,
    healSeconds: Math.max(...trials.map(({ healSeconds }) => healSeconds)),
    note: `${met} held the lock, ${ended} had ended before`,
    ok: failed === 0,
  };
}
