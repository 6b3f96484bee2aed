import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { temporaryFolder } from '../testing.ts';
import { recordedConfig } from './recorded-config.ts';

const config = `config:
  railhead:target: docker
  railhead:ownMachine: true
  railhead:PLAIN: canary
  railhead:TOKEN: { secure: canary }
  cloudflare:apiToken: canary
  kubernetes:kubeconfig: 'users: [{ token: canary }]'
  shop:database: postgres://shop:canary@db/shop
  shop:pool: { size: 3, adminPassword: canary, key: { secure: canary }, hosts: [a, { secure: canary }] }
  shop:regions: [eu, us]
`;

test('the config of a record has maps and lists, but nothing that is or looks secret', (t) => {
  const root = temporaryFolder(t);
  writeFileSync(join(root, 'Pulumi.dev.yaml'), config);
  assert.deepEqual(recordedConfig('dev', { root }), {
    'railhead:target': 'docker',
    'railhead:ownMachine': 'true',
    'shop:pool': '{"size":3,"hosts":["a"]}',
    'shop:regions': '["eu","us"]',
  });
  writeFileSync(join(root, 'other.yaml'), 'config: { shop:size: 3 }');
  assert.deepEqual(recordedConfig('dev', { root, configFile: 'other.yaml' }), { 'shop:size': '3' });
});
