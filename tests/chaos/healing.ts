import { readFileSync } from 'node:fs';
import { startLoad } from './load.ts';
import { randomFrom } from './random.ts';
import type { Row, ScenarioOptions } from './row.ts';
import type { System } from './system.ts';

export const name = 'healing';

interface Kill {
  fault: string;
  service: string;
  /** Whether another replica serves meanwhile, so that no GET may fail. */
  served: boolean;
  victim: (system: System, random: () => number) => number;
}

const replicaOf = (service: string, served: boolean): Kill => ({
  fault: `kill -9 of a replica of ${service}`,
  service,
  served,
  victim: (system, random) => {
    const { replicas } = system.status(service);
    return replicas[Math.floor(random() * replicas.length)]?.pid ?? 0;
  },
});

const kills: Kill[] = [
  replicaOf('api', true),
  replicaOf('web', true),
  replicaOf('worker', true),
  { ...replicaOf('postgres', false), fault: 'kill -9 of Postgres' },
  { ...replicaOf('redis', false), fault: 'kill -9 of Redis' },
  { ...replicaOf('gateway', false), fault: 'kill -9 of the gateway' },
  { ...replicaOf('gateway', false), fault: 'kill -9 of its workerd', victim: workerd },
];

/** Kills one process of each service per round, so that no service is restarted often in a short time. */
export async function run({ short, seed, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  const random = randomFrom(seed);
  const rounds = short ? 1 : 5;
  const rows = kills.map(({ fault }): Row => {
    return { fault, trials: 0, lost: undefined, doubled: undefined, failed: 0, healSeconds: 0, ok: true };
  });
  for (let round = 0; round < rounds; round++) {
    for (const [index, kill] of kills.entries()) {
      const { failed, sent, seconds } = await killOnce(system, kill, random);
      report(`${kill.fault}: healed in ${seconds.toFixed(1)} s, ${failed} of ${sent} GETs failed`);
      const row = rows[index]!;
      row.trials += 1;
      row.failed! += failed;
      row.healSeconds = Math.max(row.healSeconds!, seconds);
      row.ok &&= !kill.served || failed === 0;
    }
  }
  return rows;
}

async function killOnce(system: System, { service, victim }: Kill, random: () => number) {
  await system.healthy();
  const load = startLoad({
    url: system.url,
    rate: 40,
    request: (index) => ({ method: 'GET', path: index % 2 === 0 ? '/api/v1/shifts?pageSize=5' : '/' }),
  });
  const pid = victim(system, random);
  const begin = performance.now();
  await system.kill(service, pid);
  await system.healthy();
  const seconds = (performance.now() - begin) / 1000;
  return { ...(await load.stop()), seconds };
}

/** Returns the pid of workerd, the only child of the gateway's process. */
function workerd(system: System): number {
  const runner = system.status('gateway').replicas[0]?.pid ?? 0;
  return Number(readFileSync(`/proc/${runner}/task/${runner}/children`, 'utf8').trim());
}
