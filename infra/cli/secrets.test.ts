import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSystem, lacksEngine, succeed } from '../targets/testing/system.ts';
import { makeClone, railhead, spawnRailhead } from './testing.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = await lacksEngine();

/** Uses the secret SMTP_PASSWORD directly and TOKEN through a shared variable; no service uses UNUSED. */
const stack = `name: x
variables:
  TOKEN: t-\${{secret.TOKEN}}
  UNUSED: \${{secret.UNUSED}}
services:
  api:
    source: app
    variables:
      TOKEN: \${{shared.TOKEN}}
      SMTP: smtp://x:\${{secret.SMTP_PASSWORD}}@mail.example
      AGAIN: \${{secret.SMTP_PASSWORD}}
`;

const missing = (place: string, environment: string) => [
  `${place}:3:10  variables.TOKEN: the secret TOKEN has no value (environment ${environment}, target process)`,
  `${place}:10:13  services.api.variables.SMTP: the secret SMTP_PASSWORD has no value (environment ${environment}, target process)`,
  '',
  'Next:',
  `  npx --no -- railhead secrets set TOKEN -s ${environment}`,
  `  npx --no -- railhead secrets set SMTP_PASSWORD -s ${environment}`,
];

unless(lack).test(
  'all secrets without a value are reported together, before the first resource is created',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    system.write('app/main.js', 'setInterval(() => {}, 1000);');
    system.write('stacks/test.yaml', stack);
    for (const command of [['preview'], ['up', '--yes', '--skip-preview']]) {
      const { code, output, changed } = await system.pulumi(...command);
      assert.notEqual(code, 0);
      for (const line of missing('stacks/test.yaml', 'test')) assert.ok(output.includes(line.trim()), output);
      assert.deepEqual(changed, []);
    }
    assert.doesNotMatch(system.state(), /railhead:process/);

    await system.pulumi('config', 'set', '--secret', 'railhead:TOKEN', 'one');
    const { output } = await system.pulumi('preview');
    assert.doesNotMatch(output, /secret TOKEN/);
    assert.match(output, /secret SMTP_PASSWORD has no value/);
    await system.pulumi('config', 'set', '--secret', 'railhead:SMTP_PASSWORD', 'two');
    await succeed(system.pulumi('preview'));
  },
);

unless(lack).test('the commands in the error set the secrets, also before the first up', async (t) => {
  const clone = makeClone(t);
  mkdirSync(join(clone, 'app'));
  writeFileSync(join(clone, 'app/main.js'), '');
  writeFileSync(join(clone, 'none.yaml'), stack);
  for (const args of [['validate'], ['validate', '-s', 'dev'], ['up']]) {
    const { code, errors } = await railhead(clone, ...args);
    assert.equal(code, 1);
    assert.deepEqual(errors.split('\n').slice(0, 6), missing('none.yaml', 'dev'));
  }
  for (const command of missing('none.yaml', 'dev').slice(-2)) {
    const [, args = ''] = command.split('railhead ');
    const child = spawnRailhead(clone, ...args.split(' '));
    child.stdin.end('typed\n');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  }
  assert.equal((await railhead(clone, 'validate')).code, 0);
  assert.doesNotMatch(readFileSync(join(clone, 'Pulumi.dev.yaml'), 'utf8'), /typed/);
});
