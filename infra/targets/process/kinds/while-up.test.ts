import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { applyWorkload } from '../../../supervisor/control.ts';
import { setScene, statusWhere } from '../../../supervisor/testing.ts';
import { whileUp } from './while-up.ts';

const restart = { policy: 'always', maxRetries: 10 } as const;
const step = { signal: new AbortController().signal };

test('a server that ends again and again while a step waits for it fails the step with its last lines', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('db');
  const command = 'while [ ! -e go ]; do sleep 0.02; done; echo no such table; exit 7';
  const spec = scene.quiet('db', { command, restart });
  await applyWorkload(folder, spec);
  const waiting = whileUp({ folder, ...spec }, step, () => new Promise(() => {}));
  writeFileSync(join(scene.root, 'go'), '');
  await assert.rejects(
    waiting,
    /^UserError: db did not get ready: db-1 ended with exit code 7, restarts: \d\.\nLast lines of its log:\n {2}no such table\n/,
  );
});

test('a server that is killed once does not fail the step', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('db');
  const { replicas } = await applyWorkload(folder, scene.quiet('db', { command: 'exec sleep 600', restart }));
  const names = { folder, name: 'db', environment: 'test' };
  await whileUp(names, step, async () => {
    process.kill(replicas[0]?.pid ?? 0, 'SIGKILL');
    const again = ({ state, replicas: [replica] }: { state: string; replicas: { restarts: number }[] }) =>
      state === 'ready' && replica?.restarts === 1;
    await statusWhere(folder, again, 'the server runs again');
  });
});
