import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { packageRoot } from '../../infra/common/roots.ts';
import { containersOf, docker } from '../../infra/targets/docker/testing/daemon.ts';
import { fail, succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { deployedSystem, lack } from './deployed.ts';

const { labels, open, close } = deployedSystem('examples');
const serve = 'require("http").createServer((_, response) => response.end()).listen(process.env.PORT)';
const services = {
  web: { image: 'node:24-slim', start: `node -e '${serve}'`, port: 3001, health: { path: '/' } },
};

unless(lack).describe('the examples of infra/examples on Docker', () => {
  let system: TestSystem;
  const copy = (example: string, to: string) =>
    cpSync(join(packageRoot, 'infra/examples', example), join(system.root, to), { recursive: true });
  const write = (policy: object) =>
    system.write('stacks/test.yaml', { name: labels.stack, policy, services });

  beforeAll(async () => {
    system = await open();
  });
  afterAll(() => close(system));

  test('container-option: the processes of every container have the limit of open files', async () => {
    write({ stage: 'development' });
    copy('container-option.ts', 'infra/index.ts');
    await succeed(system.railhead('up'));
    const containers = containersOf(labels);
    assert.ok(containers.length > 1);
    for (const { Id } of containers)
      assert.match(docker('exec', Id, 'cat', '/proc/1/limits'), /^Max open files +4096 +4096 /m);
    await succeed(system.pulumi('preview', '--expect-no-changes'));
  });

  test('allowed-registry: up is refused at the line of the image, and what runs stays', async () => {
    const before = containersOf(labels).map(({ Id }) => Id);
    copy('policies', 'policies');
    write({ stage: 'production', rules: 'policies' });
    await fail(
      system.railhead('up'),
      /stacks\/test\.yaml:\d+:\d+ .*node:24-slim is not in registry\.example\.com\/ \(policy allowed-registry\)/,
    );
    assert.deepEqual(
      containersOf(labels).map(({ Id }) => Id),
      before,
    );
  });
});
