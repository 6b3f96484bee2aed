import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { pendingCreates, restoreCheckpoint } from './checkpoint.ts';
import { localState, type LocalState } from './local-state.ts';
import { temporaryFolder } from './testing.ts';

const urn = (name: string) => `urn:pulumi:dev::railhead::railhead:process:Service::${name}`;

function checkpoint(mark: string): string {
  const pending = [
    { type: 'creating', resource: { urn: urn('api') } },
    { type: 'updating', resource: { urn: urn('web') } },
  ];
  const latest = { resources: [{ urn: urn(mark) }], pending_operations: pending };
  return JSON.stringify({ version: 3, checkpoint: { stack: 'organization/railhead/dev', latest } });
}

/** Creates a state with a checkpoint and three complete copies; each contains its own name. */
function wholeState(t: TestContext): LocalState {
  const state = localState(
    { backend: `file://${temporaryFolder(t)}?create_dir=true`, project: 'railhead' },
    'dev',
  );
  assert.ok(state);
  for (const folder of [dirname(state.checkpoint), state.backups]) mkdirSync(folder, { recursive: true });
  writeFileSync(state.checkpoint, checkpoint('current'));
  writeFileSync(`${state.checkpoint}.bak`, checkpoint('bak'));
  writeFileSync(join(state.backups, 'dev.1.json'), checkpoint('old'));
  writeFileSync(join(state.backups, 'dev.2.json'), checkpoint('new'));
  return state;
}

const read = (state: LocalState) => readFileSync(state.checkpoint, 'utf8');

test('a complete state is not changed', (t) => {
  const state = wholeState(t);
  assert.equal(restoreCheckpoint(state), undefined);
  assert.equal(read(state), checkpoint('current'));
});

test('a state that is truncated anywhere is restored from its .bak copy', (t) => {
  const state = wholeState(t);
  const whole = checkpoint('current');
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(state.checkpoint, whole.slice(0, length));
    assert.match(restoreCheckpoint(state) ?? '', /dev\.json\.bak/);
    assert.equal(read(state), checkpoint('bak'));
  }
});

test('JSON without the fields of a state counts as damaged', (t) => {
  const state = wholeState(t);
  for (const text of ['null', '{}', '[]', '{"version":3}', '{"version":3,"checkpoint":{}}', '\0\0\0\0']) {
    writeFileSync(state.checkpoint, text);
    assert.ok(restoreCheckpoint(state), text);
  }
});

test('if the .bak copy is damaged too, the newest backup is restored', (t) => {
  const state = wholeState(t);
  for (const file of [state.checkpoint, `${state.checkpoint}.bak`]) writeFileSync(file, '{');
  assert.match(restoreCheckpoint(state) ?? '', /dev\.2\.json/);
  assert.equal(read(state), checkpoint('new'));
});

test('without a complete copy, restoring throws and changes nothing', (t) => {
  const state = wholeState(t);
  rmSync(state.backups, { recursive: true });
  for (const file of [state.checkpoint, `${state.checkpoint}.bak`]) writeFileSync(file, '');
  assert.throws(() => restoreCheckpoint(state), { name: 'UserError', message: /no complete copy/ });
  assert.equal(read(state), '');
});

test('a missing checkpoint is not restored, even if backups of an earlier stack exist', (t) => {
  const state = wholeState(t);
  rmSync(state.checkpoint);
  assert.equal(restoreCheckpoint(state), undefined);
  assert.deepEqual(pendingCreates(state), []);
});

test('only interrupted creates are pending, since the next run repeats other operations', (t) => {
  assert.deepEqual(pendingCreates(wholeState(t)), ['api']);
});

test('only a folder on this machine is a local state', () => {
  const project = 'shop';
  for (const backend of ['https://api.pulumi.com', 's3://bucket', 'file://~', 'postgres://db', '']) {
    assert.equal(localState({ backend, project }, 'dev'), undefined);
  }
  const state = localState({ backend: 'file:///a%20b/state?create_dir=true', project }, 'dev');
  assert.equal(state?.checkpoint, '/a b/state/.pulumi/stacks/shop/dev.json');
});
