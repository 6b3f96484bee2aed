import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { makeClone, railhead } from './testing.ts';

/** Creates a clone with the module `./targets/toy.ts`, and an environment `dev` on the target. */
function cloneWith(t: TestContext, target: string): string {
  const clone = makeClone(t);
  for (const folder of ['targets', 'stacks', 'app']) mkdirSync(join(clone, folder));
  cpSync(join(clone, 'infra/targets/testing/toy.ts'), join(clone, 'targets/toy.ts'));
  writeFileSync(join(clone, 'targets/empty.ts'), 'export default {};\n');
  writeFileSync(join(clone, 'app/main.ts'), '');
  writeFileSync(
    join(clone, 'Pulumi.dev.yaml'),
    `config: { railhead:stackFile: stacks/shop.yaml, railhead:target: ${target} }\n`,
  );
  return clone;
}

test('commands reach a target outside the product through its contract', async (t) => {
  const clone = cloneWith(t, './targets/toy.ts');
  const stack = (text: string) => writeFileSync(join(clone, 'stacks/shop.yaml'), `name: shop\n${text}`);
  stack('observability: true\nservices: { a: { source: app } }\n');
  const refused = await railhead(clone, 'validate', '-s', 'dev');
  assert.equal(refused.code, 1);
  assert.match(refused.errors, /shop\.yaml:2:\d+ .*toys are not watched/);
  stack(
    `services: { ${['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}: { source: app }`).join(', ')} }\n`,
  );
  assert.match((await railhead(clone, 'validate', '-s', 'dev')).errors, /a toy box holds five services/);

  stack('services: { a: { source: app } }\n');
  assert.equal((await railhead(clone, 'validate', '-s', 'dev')).code, 0);
  assert.match((await railhead(clone, 'doctor')).output, /Toy box +open/);
  assert.match((await railhead(clone, 'render')).errors, /dev runs on toy, which only Pulumi can deploy to/);
  assert.match((await railhead(clone, 'images')).errors, /The target toy of dev runs no containers/);
  assert.match((await railhead(clone, 'status')).errors, /Nothing runs in dev/);
});

test('a target that is not registered is an error that lists the targets and names the nearest', async (t) => {
  for (const [target, message] of [
    [
      'dokcer',
      /^Pulumi\.dev\.yaml: railhead:target is "dokcer"; it must be process, docker, kubernetes, or the path of a module .*\nDid you mean "docker"\? npm run pulumi -- config set railhead:target docker -s dev$/m,
    ],
    ['heroku', /it must be process, docker, kubernetes/],
    ['./targets/none.ts', /railhead:target names \.\/targets\/none\.ts, which does not exist/],
    [
      './targets/empty.ts',
      /\.\/targets\/empty\.ts, whose default export has no `name`, `fields`, .*`newIdentity`\. defineTarget\(\) makes one/,
    ],
  ] as const) {
    const { code, errors } = await railhead(cloneWith(t, target), 'status');
    assert.equal(code, 1);
    assert.match(errors, message);
  }
});
