import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { editSettings } from '../restore/settings.ts';
import { temporaryFolder } from '../testing.ts';
import { compareConfig, currentConfig } from './config.ts';

test('only the config of the project comes back; what decides where an environment is stays', () => {
  const now = {
    'shop:level': 'debug',
    'shop:new': 'x',
    'railhead:target': 'docker',
    'railhead:keyGeneration': '2',
    'aws:region': 'eu',
    'shop:list': '["b"]',
    'railhead:stackFile': 'b.yaml',
  };
  const then = {
    'shop:level': 'info',
    'shop:old': 'y',
    'railhead:target': 'process',
    'railhead:keyGeneration': '1',
    'aws:region': 'us',
    'shop:list': '["a"]',
    'railhead:stackFile': 'a.yaml',
  };
  assert.deepEqual(compareConfig({ plain: now, secret: [] }, then, 'shop'), {
    changes: [
      { key: 'shop:level', before: 'debug', after: 'info' },
      { key: 'shop:old', before: undefined, after: 'y' },
    ],
    kept: ['aws:region', 'railhead:keyGeneration', 'railhead:target', 'shop:list', 'shop:new'],
  });
});

test('a project with the name of the package has no config that comes back', () => {
  const { changes, kept } = compareConfig(
    { plain: { 'railhead:owner': 'a' }, secret: [] },
    { 'railhead:owner': 'b' },
    'railhead',
  );
  assert.deepEqual([changes, kept], [[], ['railhead:owner']]);
});

test('a value that was plain in the former update and is a secret now stays', (t) => {
  const root = temporaryFolder(t);
  const config = 'config:\n  shop:key: { secure: v1:abc }\n  shop:password: b\n  shop:level: debug\n';
  writeFileSync(join(root, 'Pulumi.dev.yaml'), config);
  const then = { 'shop:key': 'canary', 'shop:password': 'canary', 'shop:level': 'info' };
  assert.deepEqual(compareConfig(currentConfig('dev', root), then, 'shop'), {
    changes: [{ key: 'shop:level', before: 'debug', after: 'info' }],
    kept: ['shop:key', 'shop:password'],
  });
});

test('settings keep their comments, encryption key and secrets', () => {
  const text = `# Ours.
encryptionsalt: v1:abc
config:
  shop:level: debug # loud
  railhead:TOKEN:
    secure: v1:xyz
`;
  assert.equal(editSettings(text, { 'shop:level': 'info' }), text.replace('level: debug', 'level: info'));
  assert.equal(editSettings(text, {}), text);
  assert.match(
    editSettings(text, { 'railhead:TOKEN': { secure: 'v1:old' } }),
    /railhead:TOKEN:\n {4}secure: v1:old\n/,
  );
});
