import assert from 'node:assert/strict';
import { capture } from '../../../../tools/command.ts';
import { unless } from '../../../../tools/testing/unless.ts';
import { docker, lacksDaemon } from '../testing/daemon.ts';
import { processLimit } from './process-limit.ts';

unless(lacksDaemon()).test('a container that ends meanwhile is limited at its next start', async (t) => {
  const container = docker('create', 'node:24-slim', 'sleep', '1000').trim();
  t.onTestFinished(() => void docker('rm', '--force', container));
  const inputs = { root: '/clone', environment: 'test', name: 'api', container };
  const step = { signal: t.signal, progress: () => {} };
  for (let round = 0; round < 5; round++) {
    docker('start', container);
    const end = capture('docker', ['kill', container]);
    const limits = [50, 51, 52, 53, 54, 55].map((pids) => processLimit.create({ ...inputs, pids }, step));
    assert.deepEqual(
      await Promise.all(limits),
      limits.map(() => ({})),
    );
    await end;
  }
  const limit = docker('inspect', '--format', '{{.HostConfig.PidsLimit}}', container);
  assert.match(limit, /^5\d$/m);
});
