import { setTimeout as sleep } from 'node:timers/promises';
import { describeLoad } from './load.ts';
import type { Row, ScenarioOptions } from './row.ts';
import type { System } from './system.ts';
import { startTraffic } from './traffic.ts';

export const name = 'rolling';

/** Health timeout of the version that never gets ready, in seconds. */
const HEALTH_TIMEOUT = 12;
/** Further seconds of `up` on a busy machine, for the engine, the bundles and the other services. */
const OVERHEAD = 120;

export async function run({ short, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  const rounds = short ? 1 : 3;
  const size = short ? { rate: 50 } : { rate: 200, total: 30_000 };

  report(`${size.rate} requests/s over ${rounds} rolling updates of api and web`);
  const load = startTraffic(system.url, 'rolling', size);
  const updates = Promise.withResolvers<void>();
  void updateRepeatedly(system, rounds, short ? 1_000 : 25_000).then(updates.resolve, updates.reject);
  await updates.promise;
  const rolled = await (short ? load.stop() : load.done);
  const rolling: Row = {
    fault: `rolling update of api and web × ${rounds}`,
    trials: rolled.sent,
    lost: undefined,
    doubled: undefined,
    failed: rolled.failed,
    healSeconds: undefined,
    note: describeLoad(rolled),
    ok: rolled.failed === 0,
  };

  report('a version of api that never gets ready');
  const stuck = await rollOutStuck(system, short ? 30 : 100);
  return [rolling, stuck];
}

async function updateRepeatedly(system: System, rounds: number, pause: number): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    await sleep(pause);
    for (const service of ['api', 'web']) {
      system.edit(`services/${service}/main.ts`, (text) => `${text}\nconsole.log('version ${round}');\n`);
    }
    await system.mustRun('npm', 'run', 'up');
  }
  await sleep(1_000);
}

async function rollOutStuck(system: System, rate: number): Promise<Row> {
  const before = system.status('api').replicas.map(({ pid }) => pid);
  const undo = system.edit('stacks/rota.dev.yaml', (text) =>
    text.replace(
      /^( {2}api:\n)/m,
      `$1    health: { path: /health, ready: /health/ready, timeout: ${HEALTH_TIMEOUT}s }\n` +
        '    variables: { DATABASE_URL: "postgres://app@127.0.0.1:9/nowhere" }\n',
    ),
  );
  const load = startTraffic(system.url, `stuck ${Date.now()}`, { rate });
  const begin = performance.now();
  const { code, output } = await system.run('npm', 'run', 'up');
  const seconds = (performance.now() - begin) / 1000;
  const result = await load.stop();

  const wrong = [
    ...(code === 0 ? ['up exits 0'] : []),
    ...(seconds > HEALTH_TIMEOUT + OVERHEAD ? ['up fails late'] : []),
    ...Object.entries(expected).flatMap(([what, text]) => (text.test(output) ? [] : [`no ${what}`])),
    ...(before.every((pid) => system.status('api').replicas.some((replica) => replica.pid === pid))
      ? []
      : ['the old replicas are gone']),
  ];
  undo();
  await system.mustRun('npm', 'run', 'up');
  return {
    fault: 'a version that never gets ready',
    trials: result.sent,
    lost: undefined,
    doubled: undefined,
    failed: result.failed,
    healSeconds: undefined,
    note: [
      `up fails after ${seconds.toFixed(0)} s (health timeout ${HEALTH_TIMEOUT} s)`,
      describeLoad(result),
      ...wrong,
    ].join('; '),
    ok: result.failed === 0 && wrong.length === 0,
  };
}

/** Patterns that the output of the failed `up` must match. */
const expected = {
  service: /api did not get ready/,
  timeout: new RegExp(`replicas were ready after ${HEALTH_TIMEOUT} s`),
  check: /Failed check: GET http:\/\/\S+\/health\/ready: answered 503/,
  'log lines': /Last lines of its log:\n.*ECONNREFUSED/,
  'next command': /Next: npx --no -- railhead logs api -s dev/,
};
