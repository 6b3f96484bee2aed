import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../infra/common/roots.ts';
import { partsOf } from './breakdown/parts.ts';
import { previewEnds } from './breakdown/preview.ts';
import { trace } from './breakdown/trace.ts';
import { compare, timed, type Row } from './compare.ts';
import { System } from './system.ts';

const project = `name: railhead
runtime: { name: nodejs, options: { typescript: false } }
main: index.ts
`;

/**
 * Compares a preview without changes with that of an empty program: same CLI, language host, kind of backend and
 * environment.
 */
export async function bench(): Promise<Row[]> {
  const system = new System();
  try {
    await system.npm('up');
    const folder = join(system.root, '.railhead', 'empty');
    const backend = `file://${join(folder, 'state')}`;
    mkdirSync(join(folder, 'state'), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'Pulumi.yaml'), project);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'index.ts'), 'export {};');
    const empty = { folder, backend };
    await system.pulumi(['stack', 'init', 'dev'], empty);
    await system.pulumi(['up', '--stack', 'dev', '--yes', '--skip-preview'], empty);

    const preview = ['preview', '--stack', 'dev', '--expect-no-changes'];
    const row = await compare('preview of dev without changes', {
      unit: 'ms',
      goal: { atMost: 1.25 },
      rounds: 9,
      ours: () => timed(() => system.pulumi(preview)),
      reference: () => timed(() => system.pulumi(preview, empty)),
    });
    const ours = await trace((variables) => system.pulumi(preview, {}, variables));
    const reference = await trace((variables) => system.pulumi(preview, empty, variables));
    return [{ ...row, parts: partsOf(previewEnds(ours), previewEnds(reference)) }];
  } finally {
    await system.close();
  }
}
