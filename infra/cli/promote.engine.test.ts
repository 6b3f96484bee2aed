import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactName } from '../artifacts/name.ts';
import { freePort } from '../../tests/servers.ts';
import { unless } from '../../tools/testing/unless.ts';
import { loadRelease } from '../releases/load.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { gitClone } from './testing-clone.ts';
import { railhead } from './testing.ts';

const server = (text: string) => `
import { createServer } from 'node:http';
createServer((_, response) => response.end('${text}')).listen(process.env.PORT, process.env.HOST);
`;

unless(await lacksEngine()).test(
  'what dev runs is promoted, and runs from another clone without a build',
  async (t) => {
    const shared = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-shared-')));
    t.onTestFinished(() => rmSync(shared, { recursive: true }));
    const port = await freePort();
    const dev = gitClone(t, 'dev', (root) => `http://${loopbackAddress(root, 'dev')}:${port}`);
    const other = gitClone(t, 'qa', (root) => `http://${loopbackAddress(root, 'qa')}:${port}`);
    const builds = join(shared, 'builds');
    const build = `echo x >> '${builds}'`;
    const api = { source: 'services/api', port, start: 'node main.js', build, health: { path: '/' } };
    dev.write(
      '.gitignore',
      ['.railhead', 'infra', 'tools', 'dist', 'node_modules', 'package.json'].join('\n'),
    );
    for (const name of ['dev', 'qa']) {
      const keys = { stackFile: 'stacks/test.yaml', target: 'process', ownMachine: true };
      const config = Object.entries({ ...keys, store: join(shared, 'store') });
      const entries = config.map(([key, value]) => [`railhead:${key}`, value] as const);
      dev.write(`Pulumi.${name}.yaml`, JSON.stringify({ config: Object.fromEntries(entries) }));
    }
    dev.write('stacks/test.yaml', JSON.stringify({ name: 'shop', services: { api } }));
    dev.write('services/api/package.json', '{ "type": "module" }');
    dev.write('services/api/main.js', server('one'));
    dev.commit();
    await dev.run('up');
    // The first update writes the encryption salt to Pulumi.dev.yaml.
    dev.commit();
    const unasked = await railhead(dev.root, 'promote', 'dev', 'qa');
    assert.equal(unasked.code, 1, unasked.output);
    assert.match(
      unasked.errors,
      /There is no terminal to ask on, so nothing was written\. To write releases\/qa\.yaml without a question, add --yes\.$/m,
    );
    assert.equal(loadRelease('qa', dev.root), undefined);
    const first = await dev.run('promote', 'dev', 'qa', '--yes');
    const pin = () => loadRelease('qa', dev.root)?.release.artifacts['api'];
    const hash = () => pin()?.hash ?? '';
    const one = hash();
    assert.match(first.output, new RegExp(`^ {2}api {2}- +→ {2}${one}$`, 'm'));
    assert.match(first.output, /^ {2}npm run up -- -s qa$/m);
    assert.match(first.output, /^qa: services: 1 new, 0 the same;/m);
    dev.commit();

    other.pull(dev.root);
    assert.doesNotMatch((await other.run('up', '-s', 'qa')).errors, /Building/);
    assert.equal(await other.reply(), 'one');
    const taken = artifactName({ hash: one, pinned: pin()?.content });
    assert.ok(existsSync(join(other.root, `.railhead/artifacts/api-${taken}`)));
    assert.match(
      (await dev.run('promote', 'dev', 'qa', '--yes')).output,
      /^Nothing changes: releases\/qa\.yaml/,
    );

    dev.write('services/api/main.js', server('two'));
    const dirty = await railhead(dev.root, 'up');
    assert.equal(dirty.code, 0, dirty.errors);
    const refused = await railhead(dev.root, 'promote', 'dev', 'qa');
    assert.deepEqual([refused.code, refused.output], [1, '']);
    assert.match(refused.errors, /#2 of dev was deployed with files that were not committed/);
    dev.commit();
    await dev.run('up');
    const files = () => dev.git('status', '--porcelain') + dev.git('rev-parse', 'HEAD');
    const before = files();
    const body = join(shared, 'body.md');
    const proposed = await dev.run('promote', 'dev', 'qa', '--yes', '--pr', '--body-file', body);
    assert.match(proposed.output, /^ {2}git push --set-upstream origin promote\/qa-\d+$/m);
    assert.match(
      proposed.output,
      /^ {2}gh pr create --head promote\/qa-\d+ --title '.*' --body-file .*body\.md$/m,
    );
    const [, branch = ''] = /--head (\S+)/.exec(proposed.output) ?? [];
    assert.equal(dev.git('diff', '--name-only', 'HEAD', branch).trim(), 'releases/qa.yaml');
    assert.match(
      readFileSync(body, 'utf8'),
      /\| `api` \| `\w{16}` \| `\w{16}` \|[^]*could not be previewed where this was prepared/,
    );
    assert.equal(files(), before);
    const second = await dev.run('promote', 'dev', 'qa', '--yes');
    assert.match(second.output, new RegExp(`^ {2}api {2}${one} {2}→ {2}${hash()}$`, 'm'));
    assert.notEqual(hash(), one);
    dev.commit();
    other.pull(dev.root);
    await other.run('up', '-s', 'qa');
    assert.equal(await other.reply(), 'two');
    assert.equal(readFileSync(builds, 'utf8'), 'x\nx\n');
  },
);
