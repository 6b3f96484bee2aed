import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { openClone, railhead, succeed } from '../../infra/cli/testing.ts';
import {
  pullRequestDocumentSchema,
  pullRequestsDocumentSchema,
} from '../../infra/delivery/pull-requests/document.ts';
import { linkPlugin } from '../../tools/testing/plugins.ts';
import { ignored, openRegistry, settingsOf, testReleases } from './images.ts';
import type { ReleaseTarget } from './target.ts';

const port = 3001;
const environments = ['dev', 'pr-7', 'pr-8'];

/** A service that counts its visits. */
const main = (title: string) => `
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
const redis = new Redis(process.env.REDIS_URL!);
createServer(async (request, response) => {
  const visits = request.url === '/visit' ? await redis.incr('visits') : 0;
  response.end(JSON.stringify({ title: '${title}', visits }));
}).listen(Number(process.env.PORT), process.env.HOST);
`;

/** Tests that the environments of pull requests have data of their own, and that nothing of them is left. */
export function testPullRequests(target: ReleaseTarget): void {
  testReleases(
    target,
    'an environment of a pull request runs what it changes with data of its own, and leaves nothing',
    async (t) => {
      const { root, write, visit, left } = await openProject(t, target);
      write('services/api/main.ts', main('shop'));
      await succeed(railhead(root, 'up', '-s', 'dev'));
      assert.deepEqual(await visit('dev'), { title: 'shop', visits: 1 });

      write('services/api/main.ts', main('changed'));
      const { output } = await succeed(railhead(root, 'pr', 'up', '7', '--base', 'HEAD', '--json'));
      const made = pullRequestDocumentSchema.parse(JSON.parse(output));
      assert.deepEqual([made.services.toSorted(), made.left], [['api', 'cache'], ['other']]);
      assert.deepEqual(await visit('pr-7'), { title: 'changed', visits: 1 });
      await succeed(railhead(root, 'pr', 'up', '8'));
      assert.deepEqual(await visit('pr-8'), { title: 'changed', visits: 1 });
      assert.deepEqual(await visit('dev'), { title: 'shop', visits: 2 });

      const mark = JSON.stringify({ number: 7, from: 'dev', expires: new Date(0).toISOString() });
      const tag = ['stack', 'tag', 'set', 'railhead:pull-request', mark, '--stack', 'pr-7'];
      await succeed(railhead(root, 'pulumi', ...tag));
      const reaped = await succeed(railhead(root, 'pr', 'reap', '--json'));
      const results = pullRequestsDocumentSchema.parse(JSON.parse(reaped.output)).environments;
      assert.deepEqual(
        results.map(({ pullRequest, result }) => [pullRequest, result]),
        [
          [7, 'removed'],
          [8, 'kept'],
        ],
      );
      assert.deepEqual(await left('pr-7'), []);
      assert.deepEqual(await visit('pr-8'), { title: 'changed', visits: 2 });
      await succeed(railhead(root, 'pr', 'down', '8'));
      assert.deepEqual(await left('pr-8'), []);
      assert.deepEqual(globSync('{Pulumi,stacks/dev}.pr-*.yaml', { cwd: root }), []);
      assert.deepEqual(await visit('dev'), { title: 'shop', visits: 3 });
    },
  );
}

async function openProject(t: TestContext, target: ReleaseTarget) {
  const { host, stack } = await openRegistry(t, target);
  const { root, write, git, close } = openClone();
  const placeOf = (environment: string) => ({ stack, environment, port });
  t.onTestFinished(async () => {
    for (const environment of environments) {
      await railhead(root, 'down', '-s', environment, '--data', '--yes');
      await target.close(placeOf(environment));
    }
    await close();
  });
  for (const plugin of target.plugins) linkPlugin(root, plugin);
  write('.gitignore', [...ignored, '*.pr-*.yaml'].join('\n'));
  write(
    'Pulumi.dev.yaml',
    settingsOf({ stackFile: 'stacks/dev.yaml', target: target.name, ownMachine: true }),
  );
  const variables = { REDIS_URL: '${{cache.REDIS_URL}}' };
  const services = {
    cache: { type: 'redis' },
    api: { source: 'services/api', port, health: { path: '/', timeout: '60s' }, variables },
    other: { source: 'services/other', cron: '0 0 31 12 *' },
  };
  const shop = { name: stack, images: { registry: host }, pullRequests: {}, services };
  write('stacks/dev.yaml', JSON.stringify(shop));
  write('services/api/main.ts', main('shop'));
  write('services/other/main.ts', '');
  await git('init', '-q');
  await git('add', '--all');
  await git('commit', '-q', '-m', 'Open the shop');
  return {
    ...{ root, write },
    visit: async (environment: string) =>
      (await fetch(new URL('/visit', await target.url(placeOf(environment))))).json(),
    left: (environment: string) => target.left(placeOf(environment)),
  };
}
