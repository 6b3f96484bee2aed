import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { freePort } from '../../../tests/servers.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { ask } from '../../gateway/testing/harness.ts';
import { createSystem, lacksEngine, succeed, type TestSystem } from '../testing/system.ts';

const main = (name: string) => `
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const { url, headers } = request;
  const { ADDRESS } = process.env;
  response.end(JSON.stringify({ name: '${name}', url, prefix: headers['x-forwarded-prefix'], ADDRESS }));
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

unless(await lacksEngine()).describe('hosts of routes are names below localhost', () => {
  let system: TestSystem;
  let port: number;

  beforeAll(async () => {
    system = await createSystem('process');
    for (const name of ['app', 'api']) system.write(`services/${name}/main.ts`, main(name));
    port = await freePort();
    system.write('stacks/test.yaml', {
      name: 'hosts',
      services: Object.fromEntries(
        ['app', 'api'].map((name, index) => [
          name,
          {
            source: `services/${name}`,
            port: 4601 + index,
            health: { path: '/health' },
            variables: { ADDRESS: '${{PUBLIC_URL}}' },
          },
        ]),
      ),
      gateway: {
        port,
        routes: [
          { host: 'app.example.com', path: '/*', to: 'app' },
          { host: 'app.example.com', path: '/api/*', stripPrefix: true, to: 'api' },
        ],
      },
    });
    await succeed(system.up());
  });
  afterAll(() => system.close());

  test('a browser of this machine reaches each service at its host', async () => {
    const seen = async (host: string, path: string) => {
      const { status, body } = await ask(`http://127.0.0.1:${port}`, path, { headers: { host } });
      return status === 200 ? (JSON.parse(body) as object) : status;
    };
    const ADDRESS = `http://app.localhost:${port}`;
    for (const host of [`app.localhost:${port}`, 'app.example.com']) {
      assert.deepEqual(await seen(host, '/a'), { name: 'app', url: '/a', ADDRESS });
      assert.deepEqual(await seen(host, '/api/a'), { name: 'api', url: '/a', prefix: '/api', ADDRESS });
    }
    assert.equal(await seen('localhost', '/a'), 404);
    assert.equal(await seen('other.localhost', '/a'), 421);
  });
});
