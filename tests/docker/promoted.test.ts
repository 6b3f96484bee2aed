import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClone, railhead, succeed } from '../../infra/cli/testing.ts';
import { loadRelease } from '../../infra/releases/load.ts';
import { registryProgram, startRegistry } from '../../infra/store/testing/registry.ts';
import {
  containersOf,
  docker,
  lacksDaemon,
  removeLeftovers,
} from '../../infra/targets/docker/testing/daemon.ts';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { unless } from '../../tools/testing/unless.ts';

const program = await registryProgram();
const lack = (await lacksEngine()) ?? lacksPlugin('docker') ?? lacksDaemon() ?? program.lack;
const stack = 'promoted-images';
const main = `
import { createServer } from 'node:http';
createServer((_, response) => response.end()).listen(process.env.PORT, process.env.HOST);
`;

unless(lack).test(
  'the images that dev has pushed run in another environment, and none is built',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'railhead-promoted-'));
    const { host, stop } = await startRegistry(program.path, folder);
    const [dev, other] = [openClone(), openClone()];
    const clones = [
      { ...dev, name: 'dev' },
      { ...other, name: 'qa' },
    ];
    t.onTestFinished(async () => {
      for (const { root, name, close } of clones) {
        await railhead(root, 'down', '-s', name, '--data', '--yes');
        removeLeftovers({ stack, environment: name });
        await close();
      }
      const ids = new Set(imagesOf(host).flatMap((line) => line.split(' ')[1] ?? []));
      if (ids.size > 0) docker('rmi', '--force', ...ids);
      await stop();
      rmSync(folder, { recursive: true });
    });
    const git = (root: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@b', ...args], { cwd: root });
    const commit = () => {
      git(dev.root, 'add', '.');
      git(dev.root, 'commit', '-q', '-m', 'change');
    };
    for (const { root, name } of clones) {
      linkPlugin(root, 'docker');
      git(root, 'init', '-q', '-b', 'main');
      const keys = { stackFile: 'stacks/test.yaml', target: 'docker', ownMachine: true };
      const config = Object.entries({ ...keys, store: `oci://${host}/store` });
      const entries = config.map(([key, value]) => [`railhead:${key}`, value] as const);
      dev.write(`Pulumi.${name}.yaml`, JSON.stringify({ config: Object.fromEntries(entries) }));
    }
    const ignored = ['.railhead', 'infra', 'tools', 'dist', 'node_modules', 'package.json'];
    dev.write('.gitignore', ignored.join('\n'));
    const api = { source: 'services/api', port: 3001, start: 'node main.js', health: { path: '/' } };
    const images = { registry: host };
    dev.write('stacks/test.yaml', JSON.stringify({ name: stack, images, services: { api } }));
    dev.write('services/api/package.json', '{ "type": "module" }');
    dev.write('services/api/main.js', main);
    commit();
    await succeed(railhead(dev.root, 'up', '-s', 'dev'));
    commit();
    await succeed(railhead(dev.root, 'promote', 'dev', 'qa', '--yes'));
    commit();
    const pins = loadRelease('qa', dev.root)?.release.artifacts ?? {};
    assert.deepEqual(Object.keys(pins), ['api', 'balancer']);
    for (const { image } of Object.values(pins)) assert.match(image ?? '', /@sha256:[0-9a-f]{64}$/);

    git(other.root, 'fetch', '-q', dev.root, 'main');
    git(other.root, 'checkout', '-q', '-f', 'FETCH_HEAD');
    const known = imagesOf(host);
    const up = await succeed(railhead(other.root, 'up', '-s', 'qa'));
    assert.doesNotMatch(up.errors, /Building/);
    assert.doesNotMatch(up.output, /docker:index:Image/);
    assert.deepEqual(imagesOf(host), known);
    const running = (environment: string) =>
      containersOf({ stack, environment })
        .map(({ Image }) => Image)
        .toSorted();
    assert.equal(running('qa').length, 2);
    assert.deepEqual(running('qa'), running('dev'));
  },
);

/** Lists the names and ids of the images of a registry that the daemon has. */
function imagesOf(host: string): string[] {
  const lines = docker('images', '--format', '{{.Repository}}@{{.Digest}} {{.ID}}').split('\n');
  return lines.filter((line) => line.startsWith(host)).toSorted();
}
