import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { packageRoot } from '../common/roots.ts';
import { UserError } from '../../tools/user-error.ts';
import {
  chosenStack,
  engineEnvironment,
  enginePath,
  pluginEnvironment,
  prepareFolders,
  requirePassphrase,
} from './engine-environment.ts';

const root = mkdtempSync(join(tmpdir(), 'environment-'));
afterAll(() => rmSync(root, { recursive: true }));

test("the PATH starts with the engine and the clone's Node, followed by the user's PATH", () => {
  const path = enginePath('/clone', '/usr/bin:/clone/node_modules/.bin::/bin');
  assert.equal(path, '/clone/.railhead/pulumi/bin:/clone/node_modules/.bin:/usr/bin:/bin');
  assert.equal(enginePath('/clone', path), path);
});

test('state, home and selected stack are in the clone', () => {
  const variables = engineEnvironment('/clone', 'dev', {});
  assert.equal(variables['PULUMI_HOME'], '/clone/.railhead/pulumi');
  assert.equal(variables['PULUMI_BACKEND_URL'], 'file:///clone/.railhead/state?create_dir=true');
  assert.equal(variables['PULUMI_STACK'], 'dev');
  // Pulumi parses it as a URL.
  const odd = engineEnvironment('/my clone#2', 'dev', {})['PULUMI_BACKEND_URL'];
  assert.equal(odd, 'file:///my%20clone%232/.railhead/state?create_dir=true');
});

test("the user's backend is kept", () => {
  const variables = engineEnvironment('/clone', 'dev', { PULUMI_BACKEND_URL: 's3://bucket' });
  assert.equal('PULUMI_BACKEND_URL' in variables, false);
});

test("only environments on this machine have a committed passphrase, and the user's passphrase wins", () => {
  const passphrase = (stack: string, env: NodeJS.ProcessEnv) =>
    engineEnvironment('/clone', stack, env)['PULUMI_CONFIG_PASSPHRASE'];
  assert.ok(passphrase('dev', {}));
  assert.equal(passphrase('organization/railhead/dev', {}), passphrase('dev', {}));
  assert.equal(passphrase('docker', {}), passphrase('dev', {}));
  for (const stack of ['staging', 'prod', 'my-dev', 'devel']) assert.equal(passphrase(stack, {}), undefined);
  assert.equal(passphrase('dev', { PULUMI_CONFIG_PASSPHRASE: '' }), undefined);
  assert.equal(passphrase('dev', { PULUMI_CONFIG_PASSPHRASE_FILE: '/f' }), undefined);
});

test('automatic plugin acquisition is disabled only for a target without other providers', async () => {
  const variables = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true' };
  assert.deepEqual(await pluginEnvironment(packageRoot, 'dev'), variables);
  assert.deepEqual(await pluginEnvironment(packageRoot, 'staging'), {});
  writeFileSync(join(root, 'Pulumi.wrong.yaml'), 'config: { railhead:target: proces }\n');
  assert.deepEqual(await pluginEnvironment(root, 'wrong'), {});
});

test('other stacks need a passphrase, unless a secrets provider or Pulumi Cloud has the keys', () => {
  writeFileSync(join(root, 'Pulumi.kms.yaml'), 'secretsprovider: awskms://alias/x\nconfig: {}\n');
  assert.throws(() => requirePassphrase(root, 'prod', {}), UserError);
  assert.throws(
    () => requirePassphrase(root, 'prod', { PULUMI_BACKEND_URL: 's3://b' }),
    /PULUMI_CONFIG_PASSPHRASE/,
  );
  for (const [stack, env] of [
    ['dev', {}],
    ['prod', { PULUMI_CONFIG_PASSPHRASE_FILE: '/f' }],
    ['prod', { PULUMI_BACKEND_URL: 'https://api.pulumi.com' }],
    ['kms', {}],
  ] as const) {
    assert.doesNotThrow(() => requirePassphrase(root, stack, env));
  }
});

test('a plain command works on the stack of its arguments, else PULUMI_STACK, the selected stack or dev', () => {
  writeFileSync(join(root, 'Pulumi.yaml'), 'name: shop\n');
  assert.equal(chosenStack(root, ['preview'], {}), 'dev');
  const workspaces = join(root, '.railhead', 'pulumi', 'workspaces');
  mkdirSync(workspaces, { recursive: true });
  const backend = `file://${root}/.railhead/state?create_dir=true`;
  const select = (project: string, hash: string) => {
    const stacks = { [backend]: `organization/${project}/staging`, 's3://b': `organization/${project}/prod` };
    writeFileSync(join(workspaces, `${project}-${hash}-workspace.json`), JSON.stringify({ stacks }));
  };
  select('shop', '0123');
  select('railhead', '0123');
  select('shop-2', '0123');
  assert.equal(chosenStack(root, ['preview'], {}), 'organization/shop/staging');
  assert.equal(chosenStack(root, ['preview'], { PULUMI_BACKEND_URL: 's3://b' }), 'organization/shop/prod');
  assert.equal(chosenStack(root, ['preview'], { PULUMI_STACK: 'test' }), 'test');
  assert.equal(chosenStack(root, ['preview', '-s', 'prod'], { PULUMI_STACK: 'test' }), 'prod');
});

test('other users may only traverse .railhead; the folders in it are private', () => {
  const before = process.umask(0);
  prepareFolders(root);
  process.umask(before);
  const mode = (...parts: string[]) => statSync(join(root, '.railhead', ...parts)).mode & 0o777;
  assert.equal(mode(), 0o711);
  for (const name of ['state', 'pulumi', 'compile-cache']) assert.equal(mode(name), 0o700);
});
