import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../common/roots.ts';
import { stackSchema } from '../stack/schema.ts';
import { dataKinds, dataTypes, isDataType, type DataService } from './index.ts';
import { fillPasswords } from './text.ts';
import { serverValues } from './values.ts';
import { exampleUrl, variablesOf } from './variables.ts';

for (const type of dataTypes) {
  const kind = dataKinds[type];

  test(`${type}: every variable names a login, and each login has a password and an output`, () => {
    const variables = variablesOf(kind);
    for (const [name, part] of Object.entries(variables)) {
      assert.ok(!('login' in part) || kind.logins[part.login], name);
    }
    for (const [name, owner] of Object.entries(kind.ownerVariables)) {
      assert.ok(variables[name] && variables[owner], `${name}: ${owner}`);
    }
    for (const login of Object.keys(kind.logins)) assert.ok(kind.passwords[login] !== undefined, login);
    const outputs = Object.values(kind.logins).map(({ output }) => output);
    assert.equal(new Set(outputs).size, outputs.length);
  });

  test(`${type}: URL and its parts agree, and only URLs and passwords hold a password`, () => {
    const values = valuesOf(type);
    const url = new URL(values.URL ?? '');
    assert.equal(url.protocol, `${kind.scheme}:`);
    assert.equal(`${url.hostname}:${url.port}`, `${values.HOST}:${values.PORT}`);
    for (const [name, part] of Object.entries(variablesOf(kind))) {
      const text = values[name] ?? '';
      assert.equal(text.includes('PW-'), ['url', 'password'].includes(part.part), `${name}=${text}`);
    }
    assert.ok(URL.canParse(exampleUrl(kind)));
  });

  test(`${type}: the container reads every password from a file, and needs its data folder and scratch only`, () => {
    const { command, environment, secrets, scratch } = kind.container(serviceOf(type), 'rota');
    const inFiles = Object.values(secrets).flat();
    for (const part of inFiles)
      assert.ok(typeof part === 'string' || kind.passwords[part.passwordOf] !== undefined);
    assert.ok(inFiles.some((part) => typeof part !== 'string'));
    assert.ok(!JSON.stringify([command, environment]).includes('passwordOf'));
    assert.ok(scratch.includes('/tmp'));
  });
}

test('types of other products are no types, but get advice of their own', () => {
  for (const { mistaken = {} } of Object.values(dataKinds)) {
    for (const type of Object.keys(mistaken)) assert.ok(!isDataType(type), type);
  }
});

test('a stack file is checked without the clients of data servers', () => {
  const loaded = `Object.keys(require('node:module')._cache).filter((path) => /node_modules\\/(pg|ioredis)\\//.test(path))`;
  const program = `import('./infra/cli/validate.ts').then(() => console.log(JSON.stringify(${loaded})))`;
  const answer = execFileSync(process.execPath, ['-e', program], {
    cwd: join(packageRoot),
    encoding: 'utf8',
  });
  assert.deepEqual(JSON.parse(answer), []);
});

function serviceOf(type: string): DataService {
  return stackSchema.parse({ name: 'rota', services: { db: { type } } }).services.db as DataService;
}

function valuesOf(type: (typeof dataTypes)[number]): Record<string, string> {
  const texts = serverValues(serviceOf(type), { host: 'db.test', port: 7000, database: 'rota' });
  const passwords = Object.fromEntries(
    Object.keys(dataKinds[type].logins).map((login) => [login, `PW-${login}`]),
  );
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fillPasswords(text, passwords)]),
  );
}
