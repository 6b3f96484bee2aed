import assert from 'node:assert/strict';
import type { TestContext } from 'vitest';
import { unless } from '../../../../tools/testing/unless.ts';
import { docker, lacksDaemon } from '../testing/daemon.ts';
import { awaitContainers } from './await-containers.ts';

const lack = lacksDaemon();
/** More than a pipe holds: the daemon still reads these lines when the process has ended. */
const manyLines = "for (let line = 0; line < 20000; line++) console.error('line ' + line);";

unless(lack).test(
  'a failure shows the lines that the daemon read after the end of the process',
  async (t) => {
    const message = await failureOf(t, `${manyLines} console.error('no such table'); process.exitCode = 1`);
    assert.match(message, /^api did not get ready: container \S+ ended with exit code 1\.$/m);
    assert.match(message, /^Last lines of its log:\n( {2}line \d+\n){19} {2}no such table$/m);
  },
);

unless(lack).test(
  'a failure shows the lines of the last start alone, of stdout and stderr in their order',
  async (t) => {
    const program =
      "console.error('no such table'); setTimeout(() => console.log('it ends'), 50); process.exitCode = 1";
    const message = await failureOf(t, program, ['--restart', 'on-failure:2']);
    assert.match(
      message,
      /ended 3 times, the last time with exit code 1\.\nLast lines of its log:\n {2}no such table\n {2}it ends\nNext/,
    );
  },
);

/** Runs a container that ends, waits until it is ready, and returns the message of the failure. */
async function failureOf(t: TestContext, program: string, options: string[] = []): Promise<string> {
  const create = ['create', '--label', `railhead.test=${process.pid}`, ...options, 'node:24-slim'];
  const container = docker(...create, 'node', '-e', program).trim();
  t.onTestFinished(() => void docker('rm', '--force', container));
  docker('start', container);
  const inputs = { root: '/clone', environment: 'test', name: 'api', timeout: 60, minReady: 30 };
  const step = { signal: t.signal, progress: () => {} };
  return awaitContainers({ ...inputs, containers: [container] }, step).then(
    () => assert.fail('the container is ready'),
    (error: Error) => error.message,
  );
}
