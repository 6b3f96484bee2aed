import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from '../tools/command.ts';
import { compare, type Row } from './compare.ts';
import { generateStack } from './generated-stack.ts';

/** In milliseconds. */
const limit = 1_000;

/** Measures the time from a stack file to the texts of all manifests, in a new process, without loading its code. */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  try {
    const file = join(folder, 'stack.yaml');
    writeFileSync(file, generateStack(200));
    const ours = async () => {
      const script = join(import.meta.dirname, 'render-once.ts');
      const { code, stdout, problem } = await capture(process.execPath, [script, file]);
      if (code !== 0) throw new Error(problem);
      return Number(stdout);
    };
    const reference = () => Promise.resolve(limit);
    const comparison = { unit: 'ms', rounds: 7, goal: { atMost: 1 }, ours, reference } as const;
    return [await compare('render of 200 services, against 1 s', comparison)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
