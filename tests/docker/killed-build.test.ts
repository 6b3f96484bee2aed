import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, type TestContext } from 'vitest';
import { buildInImage } from '../../infra/artifacts/build-in-image.ts';
import { packageRoot } from '../../infra/common/roots.ts';
import { scratch } from '../../infra/stack/scratch.ts';
import { docker, lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { unless } from '../../tools/testing/unless.ts';
import { lacksImage } from './bases.ts';

const image = 'node:24-slim';
const container = { image, caches: [] };

/** Whether the daemon runs the container of a build of this process. */
function isBuilding(pid: number): boolean {
  const labels = docker('ps', '--filter', 'label=railhead.build', '--format', '{{.Label "railhead.build"}}');
  return new RegExp(`^\\w+-${pid}-`, 'm').test(labels);
}

/** Starts a process whose build does not end. */
async function startBuilder(t: TestContext) {
  const module = JSON.stringify(join(packageRoot, 'infra/artifacts/build-in-image.ts'));
  const asked = [scratch(t, {}), 'sleep 600', {}, {}, container];
  const script = `(await import(${module})).buildInImage(...${JSON.stringify(asked)})`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  t.onTestFinished(() => void child.kill('SIGKILL'));
  const pid = child.pid!;
  await expect.poll(() => isBuilding(pid), { timeout: 60_000 }).toBe(true);
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { pid, kill };
}

unless(lacksDaemon() ?? lacksImage(image)).test(
  'the container of a killed build is removed by the next build, and that of a running one stays',
  async (t) => {
    const build = () => buildInImage(scratch(t, {}), 'true', {}, {}, container);
    const killed = await startBuilder(t);
    const running = await startBuilder(t);
    await killed.kill();
    assert.ok(isBuilding(killed.pid), 'the daemon keeps the container');
    await build();
    assert.deepEqual([isBuilding(killed.pid), isBuilding(running.pid)], [false, true]);
    await running.kill();
    await build();
    assert.ok(!isBuilding(running.pid));
  },
);
