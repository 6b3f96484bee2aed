import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { unless } from '../../../tools/testing/unless.ts';
import { createSystem, environment, fail, lacksEngine, succeed, type TestSystem } from '../testing/system.ts';
import { loopbackAddress } from './address.ts';

const stack = (variables = {}) => ({
  name: 'library',
  services: {
    store: { type: 'redis', port: 4120 },
    api: {
      source: 'app',
      port: 4121,
      restart: { policy: 'never' },
      health: { path: '/', timeout: '2m' },
      variables: {
        STORE_URL: '${{store.REDIS_URL}}',
        BUCKET: 'bucket ${{pulumi.BUCKET}}, token ${{pulumi.token}}',
        ...variables,
      },
    },
  },
});

/** The service ends at once without the folder that the program makes. */
const main = `
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';

readdirSync('../../../bucket');
createServer((_, response) => response.end(process.env.BUCKET)).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit());
`;

/** Makes a folder, with the response of a service and a text in it. */
const folder = `
import { dynamic } from '@pulumi/pulumi';

export class Folder extends dynamic.Resource {
  constructor(name, props, options) {
    const provider = {
      async create({ path, ask, text }) {
        const fs = require('node:fs');
        const answer = ask && (await (await fetch(ask)).text());
        fs.mkdirSync(path, { recursive: true });
        fs.writeFileSync(path + '/text', [answer, text].join());
        return { id: 'id-of-' + path.split('/').at(-1), outs: {} };
      },
    };
    super(provider, name, props, options);
  }
}
`;

const canary = 'canary-18d7f3ac';

const program = `
import { deploy } from 'railhead';
import { Folder } from './folder.js';

const root = process.cwd().replace(/.infra$/, '');
const bucket = new Folder('bucket', { path: root + '/bucket' });
const system = await deploy({
  values: { BUCKET: bucket.id, token: '${canary}' },
  dependsOn: { api: [bucket] },
});
const { api, store } = system.services;
const props = { path: root + '/after', ask: api.address, text: store.values.REDIS_URL };
new Folder('after', props, { dependsOn: api.component });
export const services = system.addresses;
export const host = api.values.HOST;
export const folder = process.cwd() === root + '/infra';
`;

const onlyDeploys = (options: string, then = '') => `
import { deploy } from 'railhead';

const system = await deploy(${options});
${then}
`;

unless(await lacksEngine()).describe("a user's program", () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await createSystem('process');
    system.write('app/main.ts', main);
    system.write('stacks/test.yaml', stack());
    system.write('infra/folder.js', folder);
    system.write('infra/index.ts', program);
  });
  afterAll(() => system.close());

  test('its resources come before and after services, and both get values of the others', async () => {
    const { output } = await succeed(system.pulumi('preview'));
    assert.match(output, /dynamic:Resource after create/);
    await succeed(system.up());
    const text = readFileSync(join(system.root, 'after/text'), 'utf8');
    assert.match(text, new RegExp(`^bucket id-of-bucket, token ${canary},redis://default:[\\w-]+@`));
    const outputs = await succeed(system.pulumi('stack', 'output', '--json'));
    const host = loopbackAddress(system.root, environment);
    assert.deepEqual(JSON.parse(outputs.output), {
      services: { api: `http://${host}:4121`, store: `redis://${host}:4120` },
      host,
      folder: true,
    });
    await succeed(system.pulumi('preview', '--expect-no-changes'));
  });

  test('its values and the passwords that it receives are nowhere in plain', async () => {
    const text = readFileSync(join(system.root, 'after/text'), 'utf8');
    const password = /default:([\w-]+)@/.exec(text)?.[1] ?? '';
    assert.ok(password.length > 20);
    system.write('stacks/test.yaml', stack({ MORE: '${{pulumi.token}}' }));
    const { output } = await succeed(system.pulumi('preview', '--diff'));
    assert.match(output, /MORE\s*: \[secret\]/);
    system.write('stacks/test.yaml', stack());
    for (const shown of [output, system.state()]) {
      assert.ok(!shown.includes(canary));
      assert.ok(!shown.includes(password));
    }
  });

  test("Pulumi's own transforms change the resources of services", async () => {
    const transform = `
import { runtime } from '@pulumi/pulumi';
runtime.registerResourceTransform(({ type, name, props, opts }) =>
  type === 'railhead:process:Service' && name === 'api'
    ? { props: { ...props, variables: { ...props.variables, BUCKET: 'of the transform' } }, opts }
    : undefined,
);
`;
    system.write('infra/index.ts', transform + program);
    assert.deepEqual((await succeed(system.up())).changed, ['api']);
    const answer = await fetch(`http://${loopbackAddress(system.root, environment)}:4121`);
    assert.equal(await answer.text(), 'of the transform');
  });

  test('a transform of objects has no effect on processes', async () => {
    system.write(
      'infra/index.ts',
      program.replace('dependsOn: {', 'transform: { service: () => 1 }, dependsOn: {'),
    );
    await succeed(system.pulumi('preview'));
  });

  const mistakes: [name: string, program: string, error: RegExp][] = [
    [
      'values that the stack file needs and the program does not pass',
      onlyDeploys("{ values: { tokens: 'x' } }"),
      /stacks\/test\.yaml:16:15 {2}services\.api\.variables\.BUCKET: the Pulumi program passes no value "BUCKET" \(known: tokens\); pass it: deploy\(\{ values: \{ BUCKET: … \} \}\).*\n.*no value "token" \(did you mean "tokens"\?\)/,
    ],
    [
      'a value that is no text',
      onlyDeploys("{ values: { BUCKET: 4, token: 'x' } }"),
      /error: deploy\(\{ values: \{ BUCKET \} \}\) is of type number; /,
    ],
    [
      'a service that does not exist in dependsOn',
      onlyDeploys("{ values: { BUCKET: 'x', token: 'x' }, dependsOn: { apis: [], gateway: [] } }"),
      /no service "apis"; did you mean "api"\?\n.*no service "gateway"; known: store, api/,
    ],
    [
      'a service that does not exist in the result',
      onlyDeploys("{ values: { BUCKET: 'x', token: 'x' } }", 'system.services.apis.component;'),
      /error: the stack file has no service "apis"; did you mean "api"\?/,
    ],
    [
      'a variable that a service does not provide',
      onlyDeploys("{ values: { BUCKET: 'x', token: 'x' } }", 'system.services.api.values.ULR;'),
      /error: "api" provides no variable "ULR"; did you mean "URL"\?/,
    ],
  ];
  for (const [name, wrong, error] of mistakes) {
    test(`it gets an error without a stack trace for ${name}`, async () => {
      system.write('infra/index.ts', wrong);
      const output = await fail(system.pulumi('preview'), error);
      assert.doesNotMatch(output, /\n\s+at /);
      assert.ok(!output.includes('unhandled'), output);
    });
  }
});
