import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { packageRoot } from '../common/roots.ts';
import { UserError } from '../../tools/user-error.ts';
import { chosenStack } from './chosen-stack.ts';
import {
  engineEnvironment,
  enginePath,
  pluginEnvironment,
  prepareFolders,
  requirePassphrase,
} from './engine-environment.ts';

const root = mkdtempSync(join(tmpdir(), 'environment-'));
afterAll(() => rmSync(root, { recursive: true }));
writeFileSync(join(root, 'Pulumi.yaml'), 'name: shop\n');
// `written`: as `pulumi config set` writes it.
for (const [stack, ownMachine] of [
  ['laptop', 'true'],
  ['written', '"true"'],
  ['shared', 'false'],
] as const) {
  writeFileSync(join(root, `Pulumi.${stack}.yaml`), `config: { railhead:ownMachine: ${ownMachine} }\n`);
}

test("the PATH starts with the engine and the clone's Node, followed by the user's PATH", () => {
  const path = enginePath('/clone', '/usr/bin:/clone/node_modules/.bin::/bin');
  assert.equal(path, '/clone/.railhead/pulumi/bin:/clone/node_modules/.bin:/usr/bin:/bin');
  assert.equal(enginePath('/clone', path), path);
});

test('state, home and selected stack are in the project', () => {
  const variables = engineEnvironment(root, 'dev', {});
  assert.equal(variables['PULUMI_HOME'], `${root}/.railhead/pulumi`);
  assert.equal(variables['PULUMI_BACKEND_URL'], `file://${root}/.railhead/state?create_dir=true`);
  assert.equal(variables['PULUMI_STACK'], 'dev');
  // Pulumi parses it as a URL.
  const odd = join(root, 'my project#2');
  mkdirSync(odd);
  writeFileSync(join(odd, 'Pulumi.yaml'), 'name: odd\n');
  const { PULUMI_BACKEND_URL } = engineEnvironment(odd, 'dev', {});
  assert.equal(PULUMI_BACKEND_URL, `file://${root}/my%20project%232/.railhead/state?create_dir=true`);
});

test('USER has a value, since Pulumi needs the name for its locks', () => {
  assert.equal(engineEnvironment(root, 'dev', { USER: 'ada' })['USER'], undefined);
  assert.match(engineEnvironment(root, 'dev', {})['USER'] ?? '', /^\S+$/);
});

test("the user's backend is kept, else that of Pulumi.yaml", () => {
  const project = join(root, 'with-backend');
  mkdirSync(project);
  writeFileSync(join(project, 'Pulumi.yaml'), 'name: shop\nbackend: { url: https://api.pulumi.com }\n');
  const backend = (env: NodeJS.ProcessEnv) => engineEnvironment(project, 'dev', env)['PULUMI_BACKEND_URL'];
  assert.equal(backend({ PULUMI_BACKEND_URL: 's3://bucket' }), 's3://bucket');
  for (const env of [{}, { PULUMI_BACKEND_URL: '' }]) assert.equal(backend(env), 'https://api.pulumi.com');
  assert.doesNotThrow(() => requirePassphrase(project, 'prod', {}), 'Pulumi Cloud has the keys');
});

test("only environments with ownMachine have the public passphrase, and the user's passphrase wins", () => {
  const passphrase = (stack: string, env: NodeJS.ProcessEnv) =>
    engineEnvironment(root, stack, env)['PULUMI_CONFIG_PASSPHRASE'];
  assert.ok(passphrase('laptop', {}));
  assert.equal(passphrase('organization/shop/laptop', {}), passphrase('laptop', {}));
  assert.equal(passphrase('written', {}), passphrase('laptop', {}));
  for (const stack of ['dev', 'docker', 'shared']) assert.equal(passphrase(stack, {}), undefined, stack);
  const shared = { PULUMI_BACKEND_URL: 's3://bucket' };
  assert.equal(passphrase('laptop', shared), undefined, 'others may read the state');
  assert.throws(() => requirePassphrase(root, 'laptop', shared), /laptop are encrypted with a passphrase/);
  assert.equal(passphrase('laptop', { PULUMI_CONFIG_PASSPHRASE: '' }), undefined);
  assert.equal(passphrase('laptop', { PULUMI_CONFIG_PASSPHRASE_FILE: '/f' }), undefined);
});

test('dev and docker of this repository keep the passphrase of earlier versions', () => {
  for (const stack of ['dev', 'docker']) {
    const { PULUMI_CONFIG_PASSPHRASE } = engineEnvironment(packageRoot, stack, {});
    assert.equal(PULUMI_CONFIG_PASSPHRASE, 'railhead-dev');
  }
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
  const wayOut = /write `railhead:ownMachine: true` below `config:` in Pulumi\.prod\.yaml\.$/;
  assert.throws(() => requirePassphrase(root, 'prod', {}), wayOut);
  assert.throws(
    () => requirePassphrase(root, 'prod', { PULUMI_BACKEND_URL: 's3://b' }),
    ({ message }: Error) => !wayOut.test(message),
  );
  assert.throws(
    () => requirePassphrase(root, 'prod', { PULUMI_BACKEND_URL: 's3://b' }),
    /PULUMI_CONFIG_PASSPHRASE/,
  );
  for (const [stack, env] of [
    ['laptop', {}],
    ['prod', { PULUMI_CONFIG_PASSPHRASE_FILE: '/f' }],
    ['prod', { PULUMI_BACKEND_URL: 'https://api.pulumi.com' }],
    ['kms', {}],
  ] as const) {
    assert.doesNotThrow(() => requirePassphrase(root, stack, env));
  }
});

test('an empty passphrase counts on this machine alone: GitHub gives one for a secret that does not exist', () => {
  const empty = { PULUMI_CONFIG_PASSPHRASE: '' };
  assert.doesNotThrow(() => requirePassphrase(root, 'prod', empty));
  for (const more of [{}, { PULUMI_CONFIG_PASSPHRASE_FILE: '/f' }]) {
    const shared = { ...empty, ...more, PULUMI_BACKEND_URL: 's3://b' };
    // Pulumi reads the file only if the variable does not exist.
    assert.throws(() => requirePassphrase(root, 'prod', shared), /and PULUMI_CONFIG_PASSPHRASE is empty\. /);
    assert.doesNotThrow(() => requirePassphrase(root, 'kms', shared));
  }
});

test('a plain command works on the stack of its arguments, else PULUMI_STACK, the selected stack or dev', () => {
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
  for (const name of ['state', 'store', 'pulumi', 'compile-cache']) assert.equal(mode(name), 0o700);
});
