import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { freePort } from '../../tests/servers.ts';
import { unless } from '../../tools/testing/unless.ts';
import type { DescribedRelease } from '../artifacts/types.ts';
import { formatRelease } from '../releases/format.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead } from './testing.ts';

const server = (text: string) => `
import { createServer } from 'node:http';
createServer((_, response) => response.end('${text}')).listen(process.env.PORT, process.env.HOST);
`;

/** Makes a clone with one environment, whose builds write a line to `log`. */
async function clone(t: TestContext, environment: string, { store, log }: { store: string; log: string }) {
  const { root, write, close } = openClone();
  const port = await freePort();
  t.onTestFinished(async () => {
    await railhead(root, 'down', '-s', environment);
    await close();
  });
  const config = { 'railhead:stackFile': 'stacks/test.yaml', 'railhead:target': 'process' };
  write(
    `Pulumi.${environment}.yaml`,
    JSON.stringify({ config: { ...config, 'railhead:ownMachine': true, 'railhead:store': store } }),
  );
  const api = {
    source: 'services/api',
    port,
    start: 'node main.js',
    build: `echo x >> '${log}'`,
    health: { path: '/' },
  };
  write('stacks/test.yaml', JSON.stringify({ name: 'shop', services: { api } }));
  write('services/api/package.json', '{ "type": "module" }');
  write('services/api/main.js', server('never built'));
  return {
    root,
    write,
    run: (...args: string[]) => railhead(root, ...args, '-s', environment),
    reply: async () => (await fetch(`http://${loopbackAddress(root, environment)}:${port}`)).text(),
    hash: () =>
      readdirSync(join(root, '.railhead/artifacts')).find((name) => /^api-\w{16}(-\w{16})?$/.test(name)),
    state: () =>
      readFileSync(join(root, `.railhead/state/.pulumi/stacks/their-shop/${environment}.json`), 'utf8'),
    /** Returns the text of a release file with the artifacts that the last `up` has built. */
    release: () => {
      const text = readFileSync(join(root, '.railhead/runs', environment, 'release.json'), 'utf8');
      const { release } = JSON.parse(text) as { release: DescribedRelease };
      const artifacts = Object.values(release).map(
        ({ service, hash, content = '' }) => [service, { hash, content }] as const,
      );
      return formatRelease({
        version: 1,
        environment,
        stack: { file: 'stacks/test.yaml' },
        time: '2026-11-29T06:18:32Z',
        by: 'Ada',
        artifacts: Object.fromEntries(artifacts),
      });
    },
  };
}

unless(await lacksEngine()).test(
  'an environment with a release file runs the artifacts of another one, from another clone, and builds none',
  async (t) => {
    const shared = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-shared-')));
    t.onTestFinished(() => rmSync(shared, { recursive: true }));
    const log = join(shared, 'builds');
    const dev = await clone(t, 'dev', { store: join(shared, 'store'), log });
    const qa = await clone(t, 'qa', { store: join(shared, 'store'), log });
    const succeed = async (running: ReturnType<typeof railhead>) => {
      const { code, output, errors } = await running;
      assert.equal(code, 0, output + errors);
      return output + errors;
    };

    dev.write('services/api/main.js', server('one'));
    await succeed(dev.run('up'));
    qa.write('releases/qa.yaml', dev.release());
    assert.doesNotMatch(await succeed(qa.run('up')), /Building/);
    assert.equal(await qa.reply(), 'one');
    assert.ok(qa.hash()?.startsWith(`${dev.hash()}-`));
    await succeed(qa.run('pulumi', 'preview', '--expect-no-changes'));

    // Another release.
    const [, before] = dev.hash()?.split('-') ?? [];
    dev.write('services/api/main.js', server('two'));
    await succeed(dev.run('up'));
    qa.write('releases/qa.yaml', dev.release());
    const preview = await qa.run('preview');
    assert.equal(preview.code, 2, preview.errors);
    const [, after] = /hash: ([0-9a-f]{16})/.exec(dev.release()) ?? [];
    assert.match(preview.output, new RegExp(`release releases/qa.yaml ${before} → ${after}`));
    assert.doesNotMatch(preview.output, /main\.js/);
    await succeed(qa.run('up'));
    assert.equal(await qa.reply(), 'two');
    assert.equal(readFileSync(log, 'utf8'), 'x\nx\n');

    // An altered artifact that the store does not have.
    const state = qa.state();
    const folder = readdirSync(join(qa.root, '.railhead/artifacts')).find((name) =>
      name.startsWith(`api-${after}-`),
    );
    writeFileSync(join(qa.root, `.railhead/artifacts/${folder}/main.js`), server('evil'));
    rmSync(join(shared, 'store/objects'), { recursive: true });
    for (const command of [['up'], ['preview'], ['pulumi', 'up', '--yes', '--skip-preview']]) {
      const { code, output, errors } = await qa.run(...command);
      assert.equal(code, 1, command.join(' '));
      // The engine writes its state in each update, also if the program fails.
      assert.ok(command.includes('pulumi') || qa.state() === state, command.join(' '));
      assert.match(
        output + errors,
        /releases\/qa\.yaml:\d+:\d+ {2}artifacts\.api\.content: .* was altered, .*does not have it/,
      );
    }
    assert.equal(await qa.reply(), 'two');
    assert.ok(!existsSync(join(shared, 'store/objects')));
  },
);
