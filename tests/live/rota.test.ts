import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  statSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { chromiumPath, openBrowser } from './browser.ts';
import { Clone } from './clone.ts';
import { filesBelow, holds } from './files.ts';
import { allCommandLines, processesOf } from './processes.ts';
import { runnableBlocks } from '../documents.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { newShift, postShift, type Notification } from './rota.ts';
import { ask } from '../../infra/gateway/testing/harness.ts';
import { signalProcess } from '../../infra/common/process-identity.ts';
import { unless } from '../../tools/testing/unless.ts';

/**
 * Tests the reference system as a new user does: a fresh clone, an empty HOME, the README's commands. The tests
 * depend on their order.
 */
describe('rota on the target process', () => {
  let clone: Clone;
  let url: string;

  beforeAll(() => {
    clone = new Clone();
  });

  afterAll(async () => {
    await clone.run('npm', 'run', 'down', '--', '--data', '--yes');
    clone.remove();
  });

  test('the first command may be npx --no -- railhead, even while npm ci runs', async () => {
    const installation = clone.run('npm', 'ci');
    await eventually(() => existsSync(join(clone.folder, 'node_modules')));
    const { code, output } = await clone.run('npx', '--no', '--', 'railhead', 'graph', '-s', 'dev');
    assert.equal(code, 0);
    assert.match(output, /^rota in dev: /m);
    assert.equal((await installation).code, 0);
  });

  test('npm run up succeeds and prints a URL that serves the rota', async () => {
    const { code, output } = await clone.run('npm', 'run', 'up');
    assert.equal(code, 0);
    url = /http:\/\/127\.[\d.]+:8080/.exec(output)?.[0] ?? assert.fail('no URL was printed');
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<html/i);
  });

  test('right after that, a preview finds no changes and git status is clean', async () => {
    const preview = await clone.run(
      'npm',
      'run',
      'pulumi',
      '--',
      'preview',
      '-s',
      'dev',
      '--expect-no-changes',
    );
    assert.equal(preview.code, 0);
    const { output } = await clone.run('git', 'status', '--porcelain');
    assert.equal(output, '');
  });

  test('a shift posted through the gateway gets its notification from the worker', async () => {
    const shift = await postShift(url, newShift({ employee: 'Ada Lovelace' }));
    let looks = 0;
    const notification = await eventually(async () => {
      // From another client each time, so that no request exceeds the gateway's limit.
      const from = `127.3.${Math.floor(looks / 250)}.${1 + (looks++ % 250)}`;
      const { body } = await ask(url, '/api/v1/notifications', { from });
      const { data } = JSON.parse(body) as { data: Notification[] };
      return data.find(({ shiftId }) => shiftId === shift.id);
    });
    assert.match(notification.message, /Ada Lovelace/);
  });

  test('services refuse requests that bypass the gateway, and the gateway refuses private paths', async () => {
    for (const [port, path] of Object.entries({ 3000: '/', 3001: '/api/v1/shifts' })) {
      const origin = url.replace('8080', port);
      assert.equal((await fetch(new URL(path, url))).status, 200);
      assert.equal((await fetch(origin + path)).status, 401, path);
      assert.equal((await fetch(`${origin}/metrics`)).status, 200);
    }
    for (const path of ['/internal/presence', '/%69nternal%2fpresence', '/metrics', '/health/ready'])
      assert.equal((await fetch(url + path)).status, 404, path);
  });

  const lack = chromiumPath === undefined ? 'no Chromium on this machine' : undefined;
  test('of 150 requests of one client 100 pass, even with forged addresses, and other clients are not limited', async () => {
    const askAs = (from: string, headers = {}) => ask(url, '/api/v1/shifts', { from, headers });
    const answers = await Promise.all(Array.from({ length: 150 }, () => askAs('127.9.0.1')));
    const refused = answers.filter(({ status }) => status === 429);
    assert.equal(answers.filter(({ status }) => status === 200).length, 100);
    assert.equal(refused.length, 50);
    for (const { headers } of refused) assert.match(headers['retry-after'] ?? '', /^[1-9]\d?$/);
    const forged = await askAs('127.9.0.1', {
      'cf-connecting-ip': '127.9.0.3',
      'x-forwarded-for': '127.9.0.3',
    });
    assert.equal(forged.status, 429);
    assert.equal((await askAs('127.9.0.2')).status, 200);
  });

  unless(lack).test('an open page shows a new shift without a reload', async () => {
    const chromium = await openBrowser();
    try {
      const page = await chromium.newPage({ viewport: { width: 1280, height: 900 } });
      page.setDefaultTimeout(60_000);
      await page.goto(url);
      await page.getByText('Ada Lovelace').first().waitFor();
      await page.evaluate('window.notReloaded = true');
      await postShift(url, newShift({ employee: 'Grace Hopper' }));
      await page.getByText('Grace Hopper').first().waitFor();
      assert.equal(await page.evaluate('window.notReloaded'), true);
      await page.screenshot({ path: join(clone.folder, '.railhead/rota.png'), fullPage: true });
    } finally {
      await chromium.close();
    }
  });

  test('status shows every service ready', async () => {
    const { code, output } = await clone.run('npx', '--no', '--', 'railhead', 'status', '-s', 'dev');
    assert.equal(code, 0);
    for (const service of ['postgres', 'redis', 'api', 'worker', 'scheduler', 'web', 'gateway']) {
      assert.match(output, new RegExp(`^ *${service} `, 'm'));
    }
  });

  test.each(['README.md', 'infra/delivery/README.md'])('the other commands of %s work', async (file) => {
    // Other tests in this file run these.
    const covered = /^npm (test|run (up|down))/;
    for (const block of runnableBlocks(readFileSync(join(clone.folder, file), 'utf8'))) {
      const lines = block.filter((line) => !covered.test(line));
      const run = lines.findIndex((line) => line.startsWith('npx --no -- railhead run'));
      for (const part of run < 0 ? [lines] : [lines.slice(0, run), lines.slice(run)]) {
        if (part[0] === lines[run]) await awayFromTick();
        const { code } = await clone.run('sh', '-e', '-c', part.join('\n'));
        assert.equal(code, 0, part.join('\n'));
      }
    }
  });

  test('a changed line in api updates api and restarts no other process', async () => {
    const before_ = pids(clone);
    appendFileSync(join(clone.folder, 'services/api/main.ts'), `\nconsole.log('a changed line');\n`);
    const { code, output } = await clone.run('npm', 'run', 'up');
    assert.equal(code, 0);
    assert.match(output, /api/);
    const now = pids(clone);
    for (const [service, replicas] of Object.entries(before_)) {
      if (service === 'api') assert.notDeepEqual(now[service], replicas, 'api has new processes');
      else assert.deepEqual(now[service], replicas, `${service} keeps its processes`);
    }
  });

  test('no state, log, argument or preview contains a secret in plain text', async () => {
    const secret = 'canary-5f0c1d6e9b7a4382';
    // Entered at the prompt, not as an argument: npm logs its arguments.
    const set = ['npm', 'run', 'pulumi', '--', 'config', 'set', '--secret', 'railhead:CANARY', '-s', 'dev'];
    assert.equal((await clone.runWithInput(secret, ...set)).code, 0);
    const overlay = join(clone.folder, 'stacks/rota.dev.yaml');
    const text = readFileSync(overlay, 'utf8');
    writeFileSync(
      overlay,
      text.replace(/^( {2}web:\n)/m, '$1    variables: { CANARY: "x-${{secret.CANARY}}-y" }\n'),
    );
    const outputs = [
      await clone.run('npm', 'run', 'pulumi', '--', 'preview', '-s', 'dev', '--diff'),
      await clone.run('npm', 'run', 'up'),
      await clone.run('npm', 'run', 'pulumi', '--', 'stack', 'output', '-s', 'dev', '--json'),
    ];
    for (const { code, output } of outputs) {
      assert.equal(code, 0);
      assert.ok(!output.includes(secret));
    }
    assert.ok(!allCommandLines().includes(secret));
    const written = filesBelow(join(clone.folder, '.railhead')).filter((file) => holds(file, secret));
    // A supervisor starts its service from spec.json, and the next one adopts it by serving.json; only the owner can
    // read them.
    const web = join(clone.folder, '.railhead/dev/services/web');
    assert.deepEqual(written.toSorted(), [join(web, 'serving.json'), join(web, 'spec.json')]);
    for (const file of written) assert.equal(statSync(file).mode & 0o777, 0o600, file);
    const atHome = filesBelow(clone.home).filter((file) => holds(file, secret));
    assert.deepEqual(atHome, []);
    await clone.run('git', 'checkout', '--quiet', '.');
  });

  test('down leaves no process and no open port, and up restores the service with its data', async () => {
    assert.equal((await clone.run('npm', 'run', 'down')).code, 0);
    await nothingRuns(clone);
    await assert.rejects(fetch(url));
    assert.equal((await clone.run('npm', 'run', 'up')).code, 0);
    const response = await fetch(new URL('/api/v1/shifts', url));
    const { data } = (await response.json()) as { data: { employee: string }[] };
    assert.ok(data.some(({ employee }) => employee === 'Ada Lovelace'));
  });

  test('up restores everything after kill -9 of all processes', async () => {
    for (const { pid } of processesOf(clone.folder)) signalProcess(pid, 'SIGKILL');
    assert.equal((await clone.run('npm', 'run', 'up')).code, 0);
    assert.equal((await fetch(new URL('/api/v1/shifts', url))).status, 200);
  });

  test('down --data deletes the data too', async () => {
    assert.equal((await clone.run('npm', 'run', 'down', '--', '--data', '--yes')).code, 0);
    rmSync(join(clone.folder, '.railhead/rota.png'), { force: true });
    await nothingRuns(clone);
    assert.ok(!filesBelow(join(clone.folder, '.railhead/dev')).some((file) => file.includes('/data/')));
  });
});

/** Returns the pids of the replicas by service, without the runs of scheduled services. */
function pids(clone: Clone): Record<string, number[]> {
  const folder = join(clone.folder, '.railhead/dev/services');
  return Object.fromEntries(
    readdirSync(folder).map((service) => {
      const status = JSON.parse(readFileSync(join(folder, service, 'status.json'), 'utf8')) as {
        replicas: { pid: number }[];
        cron?: object;
      };
      return [service, status.cron ? [] : status.replicas.map(({ pid }) => pid).toSorted()];
    }),
  );
}

/** Waits until no process of the clone runs, since an ending process may take a moment. */
async function nothingRuns(clone: Clone): Promise<void> {
  await eventually(() => {
    assert.deepEqual(processesOf(clone.folder), []);
    return true;
  });
}

/** Waits for a time without a scheduled run, every five minutes, during which a manual run is refused. */
async function awayFromTick(): Promise<void> {
  const tick = 5 * 60_000;
  await eventually(() => Date.now() % tick > 10_000 && Date.now() % tick < tick - 30_000);
}
