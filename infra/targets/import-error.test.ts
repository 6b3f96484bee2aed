import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, test } from 'vitest';
import { describeImportError } from './import-error.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-import-')));
afterAll(() => rmSync(root, { recursive: true }));

for (const [name, text, problem, next] of [
  ['syntax', '\nconst a: = 1;\n', /^syntax\.ts:2 Unexpected token/],
  [
    'package',
    "import 'nowhere/sub.js';",
    /^Cannot find package 'nowhere' imported from package\.ts$/,
    'nowhere',
  ],
  ['scoped', "import '@acme/none';", /^Cannot find package '@acme\/none' /, '@acme/none'],
  ['file', "import './parts.ts';", /^Cannot find module 'parts\.ts' imported from file\.ts$/],
  ['export', "import { none } from 'node:fs';", /^export\.ts:1 .*'node:fs' .*'none'$/],
  ['nested', "import './syntax.ts';", /^syntax\.ts:2 Unexpected token/],
  ['throws', "\nthrow new TypeError('no token');", /^throws\.ts:2:7 no token$/],
  ['text', "throw 'no token';", /^no token$/],
  ['nothing', 'throw undefined;', /^undefined$/],
] as const) {
  test(`a module that cannot be loaded is described by its problem and its place: ${name}`, async () => {
    const file = join(root, `${name}.ts`);
    writeFileSync(file, text);
    const error: unknown = await import(pathToFileURL(file).href).then(
      () => assert.fail('it was loaded'),
      (reason: unknown) => reason,
    );
    const found = describeImportError(error, root);
    assert.match(found.problem, problem);
    assert.equal(found.next, next && `npm install ${next}`);
  });
}
