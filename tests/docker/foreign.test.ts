import assert from 'node:assert/strict';
import { test } from 'vitest';
import { awaitContainers } from '../../infra/targets/docker/kinds/await-containers.ts';
import { docker, lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { environment } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';
import { lacksCompose } from './compose.ts';
import { startComposed } from './composed.ts';

const image = 'node:24-slim';

/** Prints what a container may do, then waits. */
const report = `
const fs = require('fs');
const can = (path) => { try { fs.writeFileSync(path, ''); return true } catch { return false } };
const line = (file, name) => fs.readFileSync(file, 'utf8').split('\\n').find((one) => one.startsWith(name)).split(/\\s+/);
const { blocks, bsize } = fs.statfsSync('/dev/shm');
console.log(JSON.stringify({
  user: [process.getuid(), process.getgid()],
  arguments: process.argv.slice(1),
  home: process.env.HOME,
  writes: ['/srv/a', '/cache/a', '/tmp/a'].filter(can),
  capabilities: line('/proc/self/status', 'CapEff')[1],
  nofile: line('/proc/self/limits', 'Max open files').slice(3, 5),
  shm: blocks * bsize / 2 ** 20,
}));
process.on('SIGQUIT', () => { console.log('quit'); process.exit(0) });
setInterval(() => {}, 1000);
`;

unless(lacksDaemon() ?? lacksCompose()).describe('images of others on Docker', () => {
  test('a container is hardened, or has what the stack file says', async (t) => {
    const idOf = await startComposed(t, 'foreign', {
      plain: { image, entrypoint: ['node', '-e', report] },
      root: {
        image,
        user: 0,
        readOnly: false,
        capabilities: { add: ['CHOWN', 'SETUID'] },
        entrypoint: ['node', '-e', report],
        command: 'one two',
      },
      tuned: {
        image,
        user: '472:0',
        tmpfs: ['/cache'],
        shmSize: '80Mi',
        ulimits: { nofile: 1024 },
        stopSignal: 'SIGQUIT',
        entrypoint: ['node', '-e', report],
      },
    });
    const reportOf = async (service: string) => {
      const read = () => docker('logs', idOf(service)).split('\n')[0] ?? '';
      await eventually(() => read() !== '');
      return JSON.parse(read()) as Record<string, unknown>;
    };
    const hardened = { arguments: [], capabilities: '0000000000000000', shm: 64 };
    assert.partialDeepStrictEqual(await reportOf('plain'), {
      ...hardened,
      user: [10001, 10001],
      home: '/tmp',
      writes: ['/tmp/a'],
    });
    assert.partialDeepStrictEqual(await reportOf('root'), {
      ...{ user: [0, 0], arguments: ['one', 'two'], home: '/root', shm: 64 },
      // CAP_CHOWN is bit 0, CAP_SETUID bit 7.
      ...{ writes: ['/srv/a', '/tmp/a'], capabilities: '0000000000000081' },
    });
    assert.deepEqual(await reportOf('tuned'), {
      ...{ ...hardened, shm: 80, user: [472, 0], home: '/tmp' },
      ...{ writes: ['/cache/a', '/tmp/a'], nofile: ['1024', '1024'] },
    });
    docker('stop', idOf('tuned'));
    assert.match(docker('logs', idOf('tuned')), /^quit$/m);
  });

  test('files of the repository and of the stack file are mounted read-only, also over those of the image', async (t) => {
    const print = `
      const fs = require('fs');
      const write = (path) => { try { fs.writeFileSync(path, ''); return 'written' } catch ({ code }) { return code } };
      const paths = ['/etc/app/app.conf', '/etc/passwd', '/srv/note'];
      console.log(JSON.stringify(paths.map((path) => [fs.readFileSync(path, 'utf8'), write(path)])));
      setInterval(() => {}, 1000);`;
    const idOf = await startComposed(
      t,
      'mounted',
      {
        app: {
          image,
          entrypoint: ['node', '-e', print],
          variables: { NAME: 'app' },
          files: [
            { path: '/etc/app/app.conf', source: 'config/app.conf' },
            { path: '/etc/passwd', content: 'me' },
            { path: '/srv/note', content: 'of ${{NAME}}, not of $${{NAME}}\n' },
          ],
        },
      },
      { 'config/app.conf': 'literal ${{NAME}}\n' },
    );
    const read = () => docker('logs', idOf('app')).split('\n')[0] ?? '';
    await eventually(() => read() !== '');
    assert.deepEqual(JSON.parse(read()), [
      ['literal ${{NAME}}\n', 'EROFS'],
      ['me', 'EROFS'],
      ['of app, not of ${{NAME}}\n', 'EROFS'],
    ]);
  });

  test('a command is the health check of an image', async (t) => {
    const wait = 'setTimeout(() => fs.writeFileSync("/tmp/ready", ""), 1000); setInterval(() => {}, 1000)';
    const idOf = await startComposed(t, 'foreign-health', {
      slow: { image, entrypoint: ['node', '-e', wait], health: { command: 'test -f /tmp/ready' } },
      never: {
        image,
        entrypoint: ['node', '-e', wait],
        health: { command: 'echo no file; test -f /tmp/no' },
      },
    });
    const ready = (name: string, timeout: number) =>
      awaitContainers(
        { root: '/', environment, name, containers: [idOf(name)], timeout, minReady: 1 },
        { signal: AbortSignal.timeout(60_000), progress: () => {} },
      );
    await ready('slow', 30);
    await assert.rejects(ready('never', 8), /Failed check: no file/);
  });

  test('the error of an image that fails at its start names the field that it needs', async (t) => {
    const idOf = await startComposed(t, 'foreign-hint', {
      cache: { image, restart: { maxRetries: 0 }, start: 'node -e "fs.mkdirSync(\'/srv/cache\')"' },
    });
    const waiting = awaitContainers(
      { root: '/', environment, name: 'cache', containers: [idOf('cache')], timeout: 30, minReady: 1 },
      { signal: AbortSignal.timeout(60_000), progress: () => {} },
    );
    await assert.rejects(waiting, /Hint: the root file system is read-only; list the folder under `tmpfs`/);
  });
});
