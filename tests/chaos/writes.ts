import { describeLoad } from './load.ts';
import type { Row, ScenarioOptions } from './row.ts';
import { countLost, startWrites } from './shifts.ts';

export const name = 'writes';

/** Kills Postgres during many writes: no acknowledged write may be lost. */
export async function run({ short, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  const { rate, total } = short ? { rate: 60, total: 600 } : { rate: 150, total: 20_000 };
  const writes = startWrites(system, 'writes', rate);
  await writes.reach(total / 2);
  const [server = 0] = await system.ready('postgres');
  const begin = performance.now();
  await system.kill('postgres', server);
  const acknowledged = writes.acknowledged.length;
  report(`Postgres killed after ${acknowledged} acknowledged writes`);
  await writes.reach(acknowledged + rate);
  const healSeconds = (performance.now() - begin) / 1000;
  await writes.reach(total);
  const result = await writes.stop();
  const lost = await countLost(system, writes.acknowledged);
  return [
    {
      fault: 'Postgres killed amid writes',
      trials: writes.acknowledged.length,
      lost,
      doubled: undefined,
      failed: result.failed,
      healSeconds,
      note: describeLoad(result),
      ok: lost === 0,
    },
  ];
}
