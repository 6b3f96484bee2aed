import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { signalProcess } from '../../infra/common/process-identity.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { processesOf } from '../live/processes.ts';
import type { Row, ScenarioOptions } from './row.ts';
import { postShift } from '../live/rota.ts';
import { countLost, shiftOf } from './shifts.ts';
import type { System } from './system.ts';

export const name = 'drift';

interface Drift {
  fault: string;
  /** The services that the fault affects. Default: all. */
  touches?: string[];
  make: (system: System) => Promise<unknown> | void;
}

const drifts: Drift[] = [
  {
    fault: 'a supervisor stopped from outside',
    touches: ['web'],
    make: (system) => stop(system, 'web'),
  },
  {
    fault: 'spec.json edited',
    touches: ['web'],
    make: (system) => editSpec(system, 'web'),
  },
  {
    fault: 'kill -9 of all supervisors',
    make: (system) => killSupervisors(system),
  },
  {
    fault: 'restart of the machine',
    make: (system) => {
      for (const { pid } of processesOf(system.root)) signalProcess(pid, 'SIGKILL');
    },
  },
];

/** Changes the system outside of Pulumi: preview reports the change, `up` corrects only that, and no data are lost. */
export async function run({ short, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  const rows: Row[] = [];
  // The live test in rota.test.ts covers the other two.
  for (const drift of short ? drifts.slice(0, 2) : drifts) {
    report(drift.fault);
    rows.push(await driftOnce(system, drift));
  }
  return rows;
}

async function driftOnce(system: System, { fault, touches, make }: Drift): Promise<Row> {
  await system.healthy();
  const { id } = await postShift(system.url, shiftOf(`${fault} ${Date.now()}`));
  const before = system.pids();
  const touched = touches ?? Object.keys(before);
  await make(system);

  const preview = await system.mustRun('npm', 'run', 'pulumi', '--', 'preview', '-s', 'dev', '--refresh');
  const named = Object.keys(before).filter((service) => names(preview.output, service));
  const begin = performance.now();
  const { code } = await system.run('npm', 'run', 'up');
  await system.healthy();
  const healSeconds = (performance.now() - begin) / 1000;
  const after = system.pids();
  const replaced = Object.keys(before).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const lost = await countLost(system, [id]);
  const settled = await system.run(
    'npm',
    'run',
    'pulumi',
    '--',
    'preview',
    '-s',
    'dev',
    '--expect-no-changes',
  );

  const wrong = [
    ...(isDeepStrictEqual(named, touched) ? [] : [`preview names ${named.join(', ') || 'nothing'}`]),
    ...replaced
      .filter((service) => !touched.includes(service))
      .map((service) => `new processes of ${service}`),
    ...(code === 0 ? [] : [`up exits ${code}`]),
    ...(settled.code === 0 ? [] : ['a preview after it sees changes']),
  ];
  const figures = { lost, doubled: undefined, failed: undefined, healSeconds };
  return { fault, trials: 1, ...figures, note: wrong.join('; '), ok: lost === 0 && wrong.length === 0 };
}

/** Returns true if a line such as ` ~ railhead:process:Service web update [diff: ~state]` names the service. */
function names(output: string, service: string): boolean {
  return new RegExp(`railhead:process:\\w+ +${service} +(?:update|replace|create)\\b`).test(output);
}

/** Stops a service by a regular shutdown of its supervisor, after which no other supervisor restarts it. */
async function stop(system: System, service: string): Promise<void> {
  process.kill(system.status(service).supervisor.pid, 'SIGTERM');
  await eventually(() => system.pids()[service]?.length === 0);
}

function editSpec(system: System, service: string): void {
  const file = join(system.folder(service), 'spec.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"LOG_LEVEL": "info"', '"LOG_LEVEL": "debug"'));
}

/** Kills all supervisors at once, so that none can restart another. */
async function killSupervisors(system: System): Promise<void> {
  const supervisors = Object.values(system.pids()).flatMap(([supervisor]) => supervisor ?? []);
  for (const pid of supervisors) process.kill(pid, 'SIGSTOP');
  for (const pid of supervisors) process.kill(pid, 'SIGKILL');
  await eventually(() => Object.values(system.pids()).every((pids) => pids.length === 0));
}
