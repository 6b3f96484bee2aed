import type { TestContext } from 'vitest';
import { openClone, railhead, succeed } from '../../infra/cli/testing.ts';
import { loadRelease } from '../../infra/releases/load.ts';
import type { ReleaseFile } from '../../infra/releases/schema.ts';
import { linkPlugin } from '../../tools/testing/plugins.ts';
import { ignored, openRegistry, settingsOf, testReleases } from './images.ts';
import type { ReleaseTarget } from './target.ts';

const port = 3001;

/** A service that answers with its version. It ends at once in an environment whose variable STAGE is `breaksIn`. */
const main = (version: string, breaksIn: string) => `
import { createServer } from 'node:http';
const { HOST, PORT, STAGE } = process.env;
if (STAGE === '${breaksIn}') process.exit(3);
const server = createServer((_, response) => response.end(JSON.stringify({ version: '${version}' })));
server.listen(Number(PORT), HOST);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

/** Declares a test that gets a shop of its own. */
export function testShop(target: ReleaseTarget, name: string, body: (shop: Shop) => Promise<void>): void {
  testReleases(target, name, async (t) => body(await openShop(t, target)));
}

type Shop = Awaited<ReturnType<typeof openShop>>;

/**
 * Makes two clones of a project whose images a registry has: `dev` builds them in the first one, and `qa` gets them in the second one.
 */
async function openShop(t: TestContext, target: ReleaseTarget) {
  const { host, stack } = await openRegistry(t, target);
  const placeOf = (environment: string) => ({ stack, environment, port });
  const openFor = (environment: string) => {
    const { root, write, git, close } = openClone();
    t.onTestFinished(async () => {
      await railhead(root, 'down', '-s', environment, '--data', '--yes');
      await target.close(placeOf(environment));
      await close();
    });
    for (const plugin of target.plugins) linkPlugin(root, plugin);
    const commit = async () => {
      await git('add', '.');
      await git('commit', '-q', '--allow-empty', '-m', 'change');
    };
    const pull = async (from: string) => {
      await git('fetch', '-q', from, 'HEAD');
      await git('reset', '-q', '--hard', 'FETCH_HEAD');
    };
    return { root, write, git, commit, pull };
  };
  const [dev, qa] = [openFor('dev'), openFor('qa')];
  for (const { git } of [dev, qa]) await git('init', '-q', '-b', 'main');
  for (const name of ['dev', 'qa']) {
    const keys = { target: target.name, ownMachine: true, store: `oci://${host}/store` };
    dev.write(`Pulumi.${name}.yaml`, settingsOf({ stackFile: `stacks/${name}.yaml`, ...keys }));
  }
  dev.write('.gitignore', ignored.join('\n'));
  const health = { path: '/', timeout: '15s' };
  const api = { source: 'services/api', port, start: 'node main.js', health };
  const shop = { name: stack, onFailure: 'rollback', images: { registry: host }, services: { api } };
  dev.write('stacks/dev.yaml', JSON.stringify(shop));
  const variables = { STAGE: 'qa' };
  dev.write('stacks/qa.yaml', JSON.stringify({ extends: 'dev.yaml', services: { api: { variables } } }));
  dev.write('services/api/package.json', '{ "type": "module" }');
  await dev.commit();
  await qa.pull(dev.root);

  return {
    /** Deploys a version in dev, promotes it to qa, and brings it to the clone of qa. Returns the images that qa must run. */
    async promote(version: string, { breaksIn = '' } = {}): Promise<string[]> {
      await qa.commit();
      await dev.pull(qa.root);
      dev.write('services/api/main.js', main(version, breaksIn));
      await dev.commit();
      await succeed(railhead(dev.root, 'up', '-s', 'dev'));
      await dev.commit();
      await succeed(railhead(dev.root, 'promote', 'dev', 'qa', '--yes'));
      await dev.commit();
      await qa.pull(dev.root);
      return imagesOf(loadRelease('qa', qa.root)?.release);
    },
    /** Runs a command in the clone of qa. */
    inQa: (...args: string[]) => railhead(qa.root, ...args),
    /** Returns the release file of qa. */
    release: () => loadRelease('qa', qa.root)?.release,
    /** Returns the images that run, each once. */
    images: async (environment: string) => [...new Set(await target.images(placeOf(environment)))].toSorted(),
    /** Returns the address of the service in qa. */
    url: () => target.url(placeOf('qa')),
  };
}

function imagesOf(release: ReleaseFile | undefined): string[] {
  const images = Object.values(release?.artifacts ?? {}).flatMap(({ image }) => image ?? []);
  return images.toSorted();
}
