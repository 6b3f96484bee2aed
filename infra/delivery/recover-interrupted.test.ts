import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'vitest';
import { localState } from './local-state.ts';
import { recover } from './recover.ts';
import { temporaryFolder } from './testing.ts';

test('interrupted creations are resolved by the target that they belong to, also after a change of target', async (t) => {
  const backend = `file://${temporaryFolder(t)}`;
  const project = 'railhead';
  const { checkpoint } = localState({ backend, project }, 'prod')!;
  const type = 'kubernetes:core/v1:Namespace';
  const namespace = {
    urn: `urn:pulumi:prod::railhead::${type}::shop`,
    type,
    inputs: { metadata: { name: 'shop' } },
  };
  const latest = { resources: [], pending_operations: [{ type: 'creating', resource: namespace }] };
  mkdirSync(dirname(checkpoint), { recursive: true });
  writeFileSync(
    checkpoint,
    JSON.stringify({ version: 3, checkpoint: { stack: 'organization/railhead/prod', latest } }),
  );
  const commands: string[][] = [];
  const read = (args: string[]) => {
    commands.push(args);
    return Promise.resolve({ code: 0, stdout: '', problem: '' });
  };
  const done = await recover({ backend, project, read }, { name: 'prod', target: 'process' });
  assert.match(done?.join() ?? '', /Creating shop was interrupted/);
  assert.deepEqual(
    commands.map(([verb]) => verb),
    ['refresh'],
  );
  const { checkpoint: after } = JSON.parse(readFileSync(checkpoint, 'utf8')) as {
    checkpoint: { latest: object };
  };
  assert.deepEqual(after.latest, { resources: [{ ...namespace, id: 'shop' }], pending_operations: [] });
});
