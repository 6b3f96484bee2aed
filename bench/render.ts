import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, type Row } from './compare.ts';
import { generateStack } from './generated-stack.ts';
import { runOnce } from './once.ts';

/**
 * Compares the time from a stack file to the texts of all manifests with that of writing the same objects with the
 * package yaml. Each runs in a new process and does not count the loading of its code.
 */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  try {
    const file = join(folder, 'stack.yaml');
    writeFileSync(file, generateStack(200));
    const objects = join(folder, 'objects.json');
    await runOnce('render-once.ts', file, objects);
    const ours = () => runOnce('render-once.ts', file);
    const reference = () => runOnce('reference/write.ts', objects);
    const comparison = { unit: 'ms', rounds: 7, goal: { atMost: 3.5 }, ours, reference } as const;
    return [await compare('render of 200 services, against writing alone', comparison)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
