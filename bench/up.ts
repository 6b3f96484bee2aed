import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentPaths } from '../infra/supervisor/paths.ts';
import { listWorkloads } from '../infra/supervisor/workloads.ts';
import { capture } from '../tools/command.ts';
import { readRecord } from '../infra/delivery/history/read-history.ts';
import { openStore } from '../infra/store/open-store.ts';
import { partsOf, type Ends, type Part } from './breakdown/parts.ts';
import { trace } from './breakdown/trace.ts';
import { sharedParts, upEnds } from './breakdown/up.ts';
import { summarise, timed, type Pair, type Row } from './compare.ts';
import { System } from './system.ts';

const rounds = 3;

/**
 * Compares `npm run up` with a plain script: without existing builds or processes, and of a stopped system with its data. Also
 * measures it after a change of web.
 */
export async function bench(): Promise<Row[]> {
  const full: Pair[] = [];
  const changed: Pair[] = [];
  const stopped: Pair[] = [];
  for (let round = 1; round <= rounds; round++) {
    const system = new System();
    try {
      const ours = await timed(() => system.npm('up'));
      appendFileSync(join(system.root, 'services/web/main.ts'), '// Changed.\n');
      const afterChange = await timed(() => system.npm('up'));
      await system.npm('down');
      const again = await timed(() => system.npm('up'));
      const byHand = (await startByHand(system))[sharedParts.gateway]!;
      console.error(
        `up: round ${round} of ${rounds}, ${[byHand, ours, afterChange, again].map(Math.round).join(', ')} ms`,
      );
      full.push({ ours, reference: byHand });
      changed.push({ ours: afterChange, reference: ours });
      stopped.push({ ours: again, reference: byHand });
    } finally {
      await system.close();
    }
  }
  return [
    { ...summarise('up from nothing', 'ms', full, { atMost: 1.5 }), parts: await breakDown() },
    summarise('up after a change of web', 'ms', changed, { atMost: 0.35 }),
    summarise('up of a stopped system', 'ms', stopped),
  ];
}

/** Returns the parts of one more `up` from nothing and of one more start by hand. */
async function breakDown(): Promise<Part[]> {
  const system = new System();
  try {
    const traced = await trace((variables) => system.npm('up', variables));
    const record = await readRecord(openStore({ name: 'dev' }, system.root), 'dev', 1);
    if (record === undefined) throw new Error('the update has no record in the history');
    return partsOf(upEnds(traced, record), await startByHand(system));
  } finally {
    await system.close();
  }
}

/** Returns when each part of a start without Railhead was ready, not counting the stop of the running services before. */
async function startByHand(system: System): Promise<Ends> {
  const workloads = listWorkloads(environmentPaths(system.root, 'dev').services);
  const specs = join(system.root, '.railhead', 'specs.json');
  writeFileSync(specs, JSON.stringify(Object.fromEntries(workloads.map(({ name, spec }) => [name, spec]))), {
    mode: 0o600,
  });
  await system.npm('down');
  const script = join(import.meta.dirname, 'by-hand.ts');
  const { code, stdout, problem } = await capture(process.execPath, [script, specs]);
  if (code !== 0) throw new Error(`starting by hand ended with ${code}:\n${problem}`);
  return JSON.parse(stdout) as Ends;
}
