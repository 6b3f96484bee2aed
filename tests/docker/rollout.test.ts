import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { containersOf, docker, namesOf } from '../../infra/targets/docker/testing/daemon.ts';
import { fail, succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';
import { deployedSystem, lack } from './deployed.ts';

const { labels, open, close } = deployedSystem('rollout');
const image = 'node:24-slim';
const idle = 'setInterval(() => {}, 1000)';

unless(lack).describe('a rollout on Docker that cannot succeed', () => {
  let system: TestSystem;
  const write = (api: string, services: object = {}) => {
    system.write('services/api/main.js', api);
    const health = { path: '/health', timeout: '8s' };
    const program = { source: 'services/api', start: 'node main.js', port: 3001, health };
    system.write('stacks/test.yaml', { name: labels.stack, services: { api: program, ...services } });
  };
  const serving = (status: number) =>
    `require('http').createServer((_, response) => response.writeHead(${status}).end()).listen(3001);`;

  beforeAll(async () => {
    system = await open();
  });
  afterAll(() => close(system));

  test('says of a crash how often, its exit code, its last lines and the next command', async () => {
    write(serving(200));
    await succeed(system.up());
    write('console.error("no such table"); process.exit(3)');
    for (const run of ['up', 'the same again']) {
      const output = await fail(system.up());
      assert.match(
        output,
        /api did not get ready: container rollout-test-api-1-\S+ ended (\d+ times, the last time )?with exit code 3\./,
        run,
      );
      assert.equal(output.match(/no such table/g)?.length, 1, output);
      assert.match(output, /The replicas of the previous deployment still serve\./, run);
      assert.match(output, /Next: docker logs rollout-test-api-1-\S+/, run);
    }
  });

  test('says what the check found where the program runs', async () => {
    write(`console.log('half awake'); ${serving(503)}`);
    const output = await fail(system.up());
    assert.match(output, /api did not get ready: container \S+ runs, but is not healthy; waited for 8 s\./);
    assert.match(output, /Failed check: GET http:\/\/127\.0\.0\.1:3001\/health: answered 503/);
    assert.match(output, /Last lines of its log:\n\s+half awake\n/);
  });

  test('takes files that are put back, and leaves nothing of what failed', async () => {
    write(serving(200));
    await succeed(system.up());
    await succeed(system.pulumi('preview', '--expect-no-changes'));
    await eventually(() => namesOf('container', labels).length === 2);
  });

  test('is found of an image without a check and of a data server, too', async () => {
    system.write('stacks/test.yaml', {
      name: labels.stack,
      images: { redis: image },
      services: {
        other: {
          image,
          start: `node -e 'console.log("no config"); process.exit(4)'`,
          restart: { maxRetries: 0 },
        },
        fine: { image, start: `node -e '${idle}'` },
        store: { type: 'redis' },
      },
    });
    const output = await fail(system.up());
    assert.match(output, /other did not get ready: container \S+ ended with exit code 4\./);
    assert.match(output, /Last lines of its log:\n\s+no config\n/);
    assert.match(output, /store did not get ready: container \S+ ended \d+ times/);
    assert.doesNotMatch(output, /fine did not get ready/);
  });

  test('a cron run that failed makes its container unhealthy until one succeeds', async () => {
    system.write(
      'services/tick/main.js',
      "const fs = require('fs'); if (!fs.existsSync('/tmp/ran')) { fs.writeFileSync('/tmp/ran', ''); process.exit(4); }",
    );
    const tick = { source: 'services/tick', start: 'node main.js', cron: '0 0 1 1 *' };
    system.write('stacks/test.yaml', { name: labels.stack, services: { tick } });
    await succeed(system.up());
    const [container] = containersOf({ ...labels, service: 'tick' });
    const health = () => containersOf({ ...labels, service: 'tick' })[0]?.State.Health?.Status;
    docker('kill', '--signal', 'USR2', container!.Id);
    await eventually(() => health() === 'unhealthy');
    const format = '{{range .State.Health.Log}}{{.Output}}{{end}}';
    assert.match(
      docker('inspect', '--format', format, container!.Id),
      /the run of \S+ ended with exit code 4/,
    );
    docker('kill', '--signal', 'USR2', container!.Id);
    await eventually(() => health() === 'healthy');
  });
});
