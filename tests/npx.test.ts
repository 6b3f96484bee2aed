import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { helpCommand } from '../infra/common/commands.ts';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';

test('a command of the docs runs the Railhead of the project, from each of its folders', async (t) => {
  const { home, registry } = await registryOfAStranger(t);
  for (const cwd of [packageRoot, join(packageRoot, 'services/api')]) {
    const { code, stdout, problem } = await runShell(helpCommand('up'), cwd, home, registry);
    assert.equal(code, 0, problem);
    assert.match(stdout, /^Usage: railhead up /);
  }
});

test('outside a project, a command of the docs downloads nothing', async (t) => {
  const { home, registry, downloads } = await registryOfAStranger(t);
  const { code, problem } = await runShell(helpCommand('up'), home, home, registry);
  assert.notEqual(code, 0);
  assert.match(problem, /canceled due to missing packages/);
  assert.deepEqual(downloads, []);

  // The registry does offer the package.
  await runShell('npx --yes -- railhead', home, home, registry);
  assert.deepEqual(downloads, ['/railhead-9.0.0.tgz']);
});

/** Serves a package with the name and a command of Railhead, and records the requests for its archive. */
async function registryOfAStranger(t: TestContext) {
  const home = mkdtempSync(join(tmpdir(), 'railhead-npx-'));
  const downloads: string[] = [];
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      downloads.push(request.url);
      response.writeHead(404).end();
      return;
    }
    const { port } = server.address() as AddressInfo;
    const dist = { tarball: `http://127.0.0.1:${port}/railhead-9.0.0.tgz` };
    const version = { name: 'railhead', version: '9.0.0', bin: { railhead: 'main.js' }, dist };
    const tags = { latest: '9.0.0' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: 'railhead', 'dist-tags': tags, versions: { '9.0.0': version } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.onTestFinished(() => {
    server.close();
    rmSync(home, { recursive: true, force: true });
  });
  const { port } = server.address() as AddressInfo;
  return { home, registry: `http://127.0.0.1:${port}/`, downloads };
}

function runShell(command: string, cwd: string, HOME: string, registry: string) {
  const settings = { registry, audit: 'false', fetch_retries: '0' };
  const npm = Object.entries(settings).map(([name, value]) => [`npm_config_${name}`, value]);
  const env = { PATH: process.env['PATH'], HOME, ...Object.fromEntries(npm) } as NodeJS.ProcessEnv;
  return capture('sh', ['-c', command], { cwd, env });
}
