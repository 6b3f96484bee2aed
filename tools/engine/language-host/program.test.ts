import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import language from '@pulumi/pulumi/proto/language_pb.js';
import fc from 'fast-check';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import { locateModule, programOptions, splitWords } from './program.ts';

function withOptions(options: Record<string, boolean | string | number>): language.ProgramInfo {
  return new language.ProgramInfo().setOptions(struct.Struct.fromJavaScript(options));
}

test('typescript is on by default, as with the official host', () => {
  assert.deepEqual(programOptions(undefined).env, { PULUMI_NODEJS_TYPESCRIPT: 'true' });
  assert.deepEqual(programOptions(withOptions({ typescript: false, tsconfig: 'a.json' })).env, {
    PULUMI_NODEJS_TSCONFIG_PATH: 'a.json',
  });
});

test('an option of the wrong type is named', () => {
  assert.throws(
    () => programOptions(withOptions({ typescript: 'no' })),
    /options\.typescript must be a boolean/,
  );
  assert.throws(() => programOptions(withOptions({ nodeargs: 5 })), /options\.nodeargs must be a string/);
});

test('nodeargs are split as a shell splits them', () => {
  const { nodeArguments } = programOptions(withOptions({ nodeargs: ` --a  --title="x y" --b='c "d"' ` }));
  assert.deepEqual(nodeArguments, ['--a', '--title=x y', '--b=c "d"']);
  assert.deepEqual(splitWords(''), []);
});

test('quoted words with any content are split correctly', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }).filter((word) => !word.includes("'"))), (words) => {
      assert.deepEqual(splitWords(words.map((word) => `'${word}'`).join(' ')), words);
    }),
  );
});

test('a module is resolved as the program would, or the error has the install command', () => {
  const found = locateModule('@pulumi/pulumi/cmd/run', import.meta.dirname);
  assert.ok(found.endsWith(join('@pulumi', 'pulumi', 'cmd', 'run', 'index.js')));
  assert.throws(() => locateModule('@pulumi/pulumi/cmd/run', '/'), /not installed for \/\. Run: npm ci/);
});
