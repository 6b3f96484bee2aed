import { isDeepStrictEqual } from 'node:util';
import { startLoad } from './load.ts';
import type { Row, ScenarioOptions } from './row.ts';
import type { System } from './system.ts';

export const name = 'supervisors';

/** Longest allowed outage for users, in seconds. The short form shares the machine with other tests. */
const GOAL = { long: 1, short: 5 };

interface Kill {
  fault: string;
  service: string;
  /** Whether a replica is killed at the same moment. */
  withReplica?: true;
}

const services = ['api', 'web', 'worker', 'gateway', 'postgres', 'redis'];
const kills: Kill[] = [
  ...services.map((service) => ({ fault: `kill -9 of the supervisor of ${service}`, service })),
  { fault: 'kill -9 of the supervisor of api and a replica', service: 'api', withReplica: true },
];

/**
 * Kills supervisors: their replicas must keep running, and the next supervisor must adopt them. Users wait at most
 * until the new supervisor listens.
 */
export async function run({ short, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  const rows: Row[] = [];
  for (const kill of kills) {
    const row: Row = {
      ...{ fault: kill.fault, trials: 0, lost: undefined, doubled: undefined, failed: 0, healSeconds: 0 },
      ...{ note: '', ok: true },
    };
    let longest = 0;
    for (let trial = 0; trial < (short ? 1 : 5); trial++) {
      const { failed, sent, outage, replaced, healSeconds } = await killOnce(system, kill);
      report(`${kill.fault}: ${outage.toFixed(2)} s without a response, ${failed} of ${sent} GETs failed`);
      longest = Math.max(longest, outage);
      row.trials += 1;
      row.failed! += failed;
      row.healSeconds = Math.max(row.healSeconds!, healSeconds);
      row.ok &&= outage <= GOAL[short ? 'short' : 'long'] && replaced === (kill.withReplica ? 1 : 0);
      row.note = `longest outage ${longest.toFixed(2)} s; ${replaced} replicas replaced`;
    }
    rows.push(row);
  }
  return rows;
}

async function killOnce(system: System, { service, withReplica }: Kill) {
  await system.healthy();
  const { supervisor, replicas } = system.status(service);
  let last = performance.now();
  let gap = 0;
  const answered = () => {
    gap = Math.max(gap, performance.now() - last);
    last = performance.now();
  };
  const load = startLoad({
    url: system.url,
    rate: 50,
    request: () => ({ method: 'GET', path: service === 'web' ? '/' : '/api/v1/shifts?pageSize=5' }),
    onAnswer: answered,
  });
  const begin = performance.now();
  if (withReplica) {
    // The supervisor is stopped first, so that it cannot restart the replica.
    process.kill(supervisor.pid, 'SIGSTOP');
    process.kill(replicas[0]?.pid ?? 0, 'SIGKILL');
  }
  await system.kill(service, supervisor.pid);
  await system.healthy();
  const healSeconds = (performance.now() - begin) / 1000;
  const { failed, sent } = await load.stop();
  const after = system.status(service).replicas;
  const replaced = replicas.filter((replica, index) => !isDeepStrictEqual(replica, after[index])).length;
  return { failed, sent, outage: gap / 1000, replaced, healSeconds };
}
