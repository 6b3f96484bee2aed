import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeCommand } from '../tools/testing/compose.ts';
import { compare, type Row } from './compare.ts';
import { generateCompose, generateStack } from './generated-stack.ts';
import { runOnce } from './once.ts';
import { planStack } from './plan-once.ts';
import { timeOfConfig } from './reference/compose.ts';

/** Measures parsing, validation and resolution in a new process each; for the growth, repeatedly in this process. */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  try {
    const [ten = '', hundred = '', thousand = ''] = [10, 100, 1000].map((count) => {
      const file = join(folder, `${count}.yaml`);
      writeFileSync(file, generateStack(count));
      return file;
    });
    const fresh = (file: string) => ({
      unit: 'ms' as const,
      rounds: 9,
      goal: { atMost: 2 },
      ours: () => runOnce('plan-once.ts', file),
      reference: () => runOnce('reference/parse.ts', file),
    });
    const growth = { unit: 'ms', rounds: 15, goal: { atMost: 1.25 } } as const;
    return [
      await compare('plan of 10, fresh, against the parser', fresh(ten)),
      await compare('plan of 100, fresh, against the parser', fresh(hundred)),
      await compare('plan of 1,000, fresh, against the parser', fresh(thousand)),
      await compare('plan of 1,000, warm, against ten of 100', {
        ...growth,
        ours: warm(thousand, 1),
        reference: warm(hundred, 10),
      }),
      ...(await againstCompose(folder, thousand)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Both sides without the start of the program and the loading of its code. */
async function againstCompose(folder: string, file: string): Promise<Row[]> {
  const compose = composeCommand();
  if (compose === undefined) {
    console.error('plan against docker compose config: skipped, there is no Compose of version 2');
    return [];
  }
  const same = join(folder, 'compose.yaml');
  writeFileSync(same, generateCompose(1000));
  const row = await compare('plan of 1,000, loaded, against docker compose config', {
    unit: 'ms',
    rounds: 9,
    goal: { atMost: 0.5 },
    ours: () => runOnce('plan-once.ts', file, '--loaded'),
    reference: () => timeOfConfig(compose, same),
  });
  return [row];
}

function warm(file: string, times: number): () => Promise<number> {
  return () => {
    const start = performance.now();
    for (let time = 0; time < times; time++) planStack(file);
    return Promise.resolve(performance.now() - start);
  };
}
