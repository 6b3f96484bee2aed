import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unless } from '../../tools/testing/unless.ts';
import { freePort } from '../../tests/servers.ts';
import { pullRequestDocumentSchema } from '../delivery/pull-requests/document.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { stopWorkload } from '../supervisor/control.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead, succeed } from './testing.ts';

const settings = `config:
  railhead:stackFile: stacks/shop.yaml
  railhead:target: process
  railhead:ownMachine: true
`;

const server = (answer: string) => `
import { createServer } from 'node:http';
createServer((_, response) => void (${answer}).then((text) => response.end(text)))
  .listen(Number(process.env.PORT), process.env.HOST);
`;

const page = (title: string) =>
  server(`fetch(process.env.API!).then(async (got) => '${title}, ' + await got.text())`);

unless(await lacksEngine()).test(
  'a pull request uses a service of the environment that it is made from, and leaves it as it is',
  async (t) => {
    const { root, write, git, close } = openClone();
    t.onTestFinished(async () => {
      for (const { folder } of listWorkloads(environmentPaths(root, 'pr-7').services))
        await stopWorkload(folder);
      await close();
    });
    const [port, other] = [await freePort(), await freePort()];
    write(
      '.gitignore',
      '.*\n*\n!web/\n!api/\n!stacks/\n!Pulumi.dev.yaml\n!*.ts\n!stacks/shop.yaml\n*.pr-*.yaml\n',
    );
    write('Pulumi.dev.yaml', settings);
    write('web/main.ts', page('the shop'));
    write('api/main.ts', server(`Promise.resolve('the api, process ' + process.pid)`));
    const shop = {
      name: 'shop',
      pullRequests: { share: ['api'] },
      services: {
        web: { source: 'web', port, variables: { API: '${{api.URL}}/items' } },
        api: { source: 'api', port: other, health: { path: '/' } },
      },
      gateway: { routes: [{ path: '/*', to: 'web' }] },
    };
    write('stacks/shop.yaml', JSON.stringify(shop));
    await git('init', '-q');
    await git('add', '--all');
    await git('commit', '-q', '-m', 'Open the shop');
    write('web/main.ts', page('the changed shop'));
    const up = () => railhead(root, 'pr', 'up', '7', '--base', 'HEAD', '--json');

    const refused = await up();
    assert.equal(refused.code, 1, refused.output);
    assert.match(
      refused.errors,
      /api of dev has no recorded address, so it cannot be shared\.\n.* npm run up -- -s dev$/m,
    );
    assert.ok(!existsSync(join(root, 'Pulumi.pr-7.yaml')), 'a refusal writes nothing');

    await succeed(railhead(root, 'up'));
    const { output, errors } = await succeed(up());
    const { url = '', services, shared } = pullRequestDocumentSchema.parse(JSON.parse(output));
    const { api = '' } = shared;
    assert.deepEqual([services, Object.keys(shared)], [['web'], ['api']]);
    assert.ok(errors.includes(`Shared with dev: api, ${api}\n`), errors);
    const ofDev = await (await fetch(api)).text();
    assert.equal(await (await fetch(url)).text(), `the changed shop, ${ofDev}`);
    assert.ok(!existsSync(join(environmentPaths(root, 'pr-7').services, 'api')));

    await succeed(railhead(root, 'pr', 'down', '7'));
    assert.equal(await (await fetch(api)).text(), ofDev);
    await succeed(railhead(root, 'down'));
  },
);
