import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { temporaryFolder } from '../delivery/testing.ts';
import { readRecord } from '../delivery/history/read-history.ts';
import { Busy } from '../delivery/turn.ts';
import { openStore } from '../store/open-store.ts';
import { UserError } from '../../tools/user-error.ts';
import type { EngineCall } from './engine-call.ts';
import { recorded, type Recording } from './recorded.ts';

type Engine = Pick<EngineCall, 'run' | 'read'>;

/** Records `work` with an engine, and returns the result that the history has, and how `recorded` ended. */
async function resultOf(
  t: TestContext,
  run: Engine['run'],
  work: (recording: Recording<Engine>) => Promise<number>,
) {
  const environment = { name: 'dev', store: temporaryFolder(t) };
  const ended = await recorded({ run, read: noKey }, environment, { command: 'up' }, work).then(
    ({ code }) => code,
    (error: unknown) => (error as Error).name,
  );
  const record = await readRecord(openStore(environment), 'dev', 1);
  return [record?.ending?.result, ended];
}

const noKey = () => Promise.resolve({ code: 1, stdout: '', problem: 'no key' });

const refusal = () => Promise.reject(new UserError('refused'));

test('an update that ends before the engine has run was refused', async (t) => {
  const succeeds = () => Promise.resolve(0);
  assert.deepEqual(await resultOf(t, succeeds, refusal), ['refused', 'UserError']);
  // The engine throws Busy if another run locks the stack.
  const locked = () => Promise.reject(new Busy('another run'));
  assert.deepEqual(await resultOf(t, locked, ({ engine }) => engine.run(['up'])), ['refused', 'UserError']);
  const after = async ({ engine }: Recording<Engine>) => {
    await engine.run(['up']);
    return refusal();
  };
  assert.deepEqual(await resultOf(t, succeeds, after), ['failed', 'UserError']);
  const outside = async ({ touch }: Recording<Engine>) => {
    touch();
    return refusal();
  };
  assert.deepEqual(await resultOf(t, succeeds, outside), ['failed', 'UserError']);
});

test('an update that succeeds despite a signal was not interrupted', async (t) => {
  const withSignal = (code: number) => () => {
    process.emit('SIGHUP');
    return Promise.resolve(code);
  };
  const run = ({ engine }: Recording<Engine>) => engine.run(['up']);
  // The signal ends this process unless there is a listener that stays.
  const stay = () => undefined;
  process.on('SIGHUP', stay);
  t.onTestFinished(() => void process.off('SIGHUP', stay));
  assert.deepEqual(await resultOf(t, withSignal(0), run), ['succeeded', 0]);
  assert.deepEqual(await resultOf(t, withSignal(1), run), ['interrupted', 1]);
  assert.deepEqual(await resultOf(t, () => Promise.resolve(1), run), ['failed', 1]);
});
