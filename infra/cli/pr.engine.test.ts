import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { unless } from '../../tools/testing/unless.ts';
import { freePort } from '../../tests/servers.ts';
import { pullRequestDocumentSchema, pullRequestsDocumentSchema } from '../delivery/pull-requests/document.ts';
import { openedRecord } from '../delivery/history/testing.ts';
import { localState } from '../delivery/local-state.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { stopWorkload } from '../supervisor/control.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, project, railhead, succeed } from './testing.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const lacks = async () =>
  (await lacksEngine()) ??
  (existsSync(executablePath) ? undefined : `there is no ${executablePath} (apt-get install chromium)`);

const page = (title: string) => `
import { createServer } from 'node:http';
const { SESSION, MAIL } = process.env;
const body = \`<h1>${title}</h1><p id="mail">\${MAIL}</p><p id="session">\${SESSION!.length}</p>\`;
createServer((_, response) => response.setHeader('content-type', 'text/html').end(body))
  .listen(Number(process.env.PORT), process.env.HOST);
`;

const settings = `config:
  railhead:stackFile: stacks/shop.yaml
  railhead:target: process
  railhead:ownMachine: true
`;

async function openShop(pullRequests: object | undefined) {
  const clone = openClone();
  const port = await freePort();
  clone.write(
    '.gitignore',
    '.*\n*\n!web/\n!other/\n!stacks/\n!Pulumi.dev.yaml\n!*.ts\n!stacks/shop.yaml\n*.pr-*.yaml\n',
  );
  clone.write('Pulumi.dev.yaml', settings);
  clone.write('web/main.ts', page('The shop'));
  clone.write('other/main.ts', '');
  const shop = {
    name: 'shop',
    ...(pullRequests && { pullRequests }),
    services: {
      web: {
        ...{ source: 'web', port },
        variables: { SESSION: '${{secret.SESSION}}', MAIL: '${{secret.MAIL}}' },
      },
      other: { source: 'other', cron: '0 0 31 12 *' },
    },
    gateway: { routes: [{ path: '/*', to: 'web' }] },
  };
  clone.write('stacks/shop.yaml', JSON.stringify(shop));
  const { git } = clone;
  await git('init', '-q');
  await git('add', '--all');
  await git('commit', '-q', '-m', 'Open the shop');
  const close = async () => {
    for (const { folder } of listWorkloads(environmentPaths(clone.root, 'pr-7').services))
      await stopWorkload(folder);
    await clone.close();
  };
  return { ...clone, close };
}

unless(await lacks()).test(
  'the environment of a pull request runs what it changes, is seen in a browser, and leaves nothing',
  async (t) => {
    const { root, write, close } = await openShop({ secrets: { SESSION: 'generate', MAIL: 'copy' } });
    t.onTestFinished(close);
    const set = (name: string, value: string) =>
      succeed(railhead(root, 'pulumi', 'config', 'set', '--secret', `railhead:${name}`, value));
    const unset = await railhead(root, 'pr', 'up', '7');
    assert.match(
      unset.errors,
      /stacks\/shop\.yaml:1:\d+ {2}pullRequests\.secrets\.MAIL: dev has no secret MAIL to copy/,
    );
    assert.deepEqual(globSync('**/*pr-7*', { cwd: root }), [], 'a refusal writes nothing');
    await set('MAIL', 'canary-mail');
    await set('SESSION', 'canary-of-dev');
    // A `pr up` that was killed has left a stack without a mark.
    await succeed(railhead(root, 'pulumi', 'stack', 'init', 'pr-7', '--no-select'));
    rmSync(join(root, 'Pulumi.pr-7.yaml'));

    const same = await succeed(railhead(root, 'pr', 'up', '7', '--base', 'HEAD', '--json'));
    assert.equal(pullRequestDocumentSchema.parse(JSON.parse(same.output)).result, 'nothing');

    write('web/main.ts', page('The changed shop'));
    const up = await succeed(railhead(root, 'pr', 'up', '7', '--base', 'HEAD', '--json'));
    const { url = '', services, left } = pullRequestDocumentSchema.parse(JSON.parse(up.output));
    assert.deepEqual([services, left], [['web'], ['other']]);
    assert.ok(!`${up.output}${up.errors}`.includes('canary'));
    const texts = ['Pulumi.pr-7.yaml', 'stacks/shop.pr-7.yaml'].map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    assert.ok(!texts.join('').includes('canary'));

    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    t.onTestFinished(() => browser.close());
    const seen = await browser.newPage();
    await seen.goto(url);
    assert.equal(await seen.textContent('h1'), 'The changed shop');
    assert.equal(await seen.textContent('#mail'), 'canary-mail');
    // A value of its own: 24 bytes as base64url.
    assert.equal(await seen.textContent('#session'), '32');

    await succeed(railhead(root, 'pr', 'down', '7'));
    await assert.rejects(fetch(url), 'nothing listens');
    const rest = globSync('**/*pr-7*', { cwd: root }).filter(
      (path) => !path.startsWith('.railhead/pulumi/logs'),
    );
    assert.deepEqual(rest, []);
    assert.deepEqual(
      globSync('.railhead/**/*pr-7*', { cwd: root }).filter(
        (path) => !/pulumi\/logs|store\/records\/history/.test(path),
      ),
      [],
    );
    const processes = (await capture('ps', ['-eo', 'args'])).stdout.split('\n');
    assert.deepEqual(
      processes.filter((line) => line.includes(join(root, '.railhead'))),
      [],
    );
    const again = await succeed(railhead(root, 'pr', 'down', '7'));
    assert.match(again.output, /There is no environment pr-7/);
  },
);

const day = 24 * 3_600_000;
const at = (offset: number) => new Date(Date.now() + offset).toISOString();

unless(await lacksEngine()).test(
  'the reaper removes what has expired and is not in use, and nothing else; one that fails does not stop it',
  async (t) => {
    const { root, write, close } = await openShop({});
    t.onTestFinished(close);
    await succeed(railhead(root, 'pulumi', 'stack', 'init', 'pr-1', '--no-select'));
    // The reaper may run on another machine.
    rmSync(join(root, 'Pulumi.pr-1.yaml'));
    const place = { backend: `file://${join(root, '.railhead/state')}`, project };
    const state = (name: string) => localState(place, name)!;
    const checkpoint = readFileSync(state('pr-1').checkpoint, 'utf8');
    const tag = (name: string, number: number, expires: string) => {
      const tags = { 'railhead:pull-request': JSON.stringify({ number, from: 'dev', expires }) };
      writeFileSync(
        state(name).checkpoint.replace(/json$/, 'pulumi-tags'),
        JSON.stringify({ version: 1, tags }),
      );
    };
    const create = (name: string) =>
      writeFileSync(state(name).checkpoint, checkpoint.replaceAll('pr-1', name));
    for (let number = 1; number <= 20; number++) {
      create(`pr-${number}`);
      tag(`pr-${number}`, number, number <= 7 ? at(-day) : at(day));
    }
    // None of these is the environment of a pull request.
    for (const name of ['pr-21', 'pr-22', 'pr-023', 'dev']) create(name);
    tag('pr-22', 7, at(-day));
    tag('pr-023', 23, at(-day));
    tag('dev', 7, at(-day));
    write('Pulumi.pr-6.yaml', settings);
    const lock = join(state('pr-7').locks, 'a.json');
    const holder = { pid: process.pid, username: 'ada', hostname: hostname(), timestamp: at(0) };
    write(lock.slice(root.length + 1), JSON.stringify(holder));

    const record = '.railhead/store/records/history/pr-5/1.json';
    const writer = { host: 'elsewhere', pid: 1, startTime: 'x' };
    write(record, JSON.stringify({ ...openedRecord(), environment: 'pr-5', number: 1, writer }));

    const reap = async (...flags: string[]) => {
      const run = await railhead(root, 'pr', 'reap', '--json', ...flags);
      const { environments } = pullRequestsDocumentSchema.parse(JSON.parse(run.output));
      const by = (result: string) =>
        environments.filter((one) => one.result === result).map(({ pullRequest }) => pullRequest);
      return { ...run, environments, by };
    };
    const dry = await reap('--dry-run');
    assert.deepEqual([dry.code, dry.by('would be removed')], [0, [1, 2, 3, 4, 5, 6, 7]]);
    const first = await reap();
    assert.equal(first.code, 1, first.errors);
    assert.deepEqual(
      [first.by('removed'), first.by('in use'), first.by('failed'), first.by('kept').length],
      [[1, 2, 3, 4], [5, 7], [6], 13],
    );
    assert.ok(existsSync(lock));
    assert.equal(readFileSync(join(root, 'Pulumi.pr-6.yaml'), 'utf8'), settings);

    write('Pulumi.pr-6.yaml', settings.replace('shop.yaml', 'shop.pr-6.yaml'));
    write('stacks/shop.pr-6.yaml', 'extends: shop.yaml\n');
    rmSync(join(root, record));
    const second = await reap();
    assert.deepEqual([second.code, second.by('removed'), second.by('in use')], [0, [5, 6], [7]]);
    const left = globSync('*.json', { cwd: join(state('dev').checkpoint, '..') }).map((file) =>
      file.replace('.json', ''),
    );
    const numbers = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
    assert.deepEqual(
      left.toSorted(),
      ['dev', 'pr-21', 'pr-22', 'pr-023', ...numbers.map((number) => `pr-${number}`)].toSorted(),
    );
    assert.deepEqual(globSync('{Pulumi,stacks/shop}.pr-[1-6].yaml', { cwd: root }), []);
    const refused = await railhead(root, 'pr', 'down', '21');
    assert.match(refused.errors, /pr-21 exists, and `railhead pr up` did not make it/);
  },
);

test('nothing can be made from an environment that does not allow it', async (t) => {
  const { root, close } = await openShop(undefined);
  t.onTestFinished(close);
  const { code, errors } = await railhead(root, 'pr', 'up', '7');
  assert.equal(code, 1);
  assert.match(
    errors,
    /The stack file of dev allows no environments for pull requests\.\nAllow them: add `pullRequests: \{\}` to stacks\/shop\.yaml/,
  );
});
