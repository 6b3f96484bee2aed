import { expect, test } from 'vitest';
import { importOf } from '../testing.ts';

/** Every field of a railway.json that Railway documents. */
const file = {
  $schema: 'https://railway.com/railway.schema.json',
  build: {
    ...{ builder: 'NIXPACKS', buildCommand: 'npm ci', buildEnvironment: 'V3', watchPatterns: ['src/**'] },
    ...{ nixpacksConfigPath: 'nixpacks.toml', nixpacksPlan: { phases: {} }, nixpacksVersion: '1' },
    railpackVersion: '1',
  },
  deploy: {
    ...{ startCommand: 'node api.js', preDeployCommand: ['node migrate.js'] },
    ...{ healthcheckPath: '/ok', healthcheckTimeout: 9, numReplicas: 2, region: 'us-west1' },
    ...{ multiRegionConfig: { 'us-west1': { numReplicas: 2 } }, restartPolicyType: 'ALWAYS' },
    ...{ restartPolicyMaxRetries: 3, sleepApplication: false, overlapSeconds: 5, drainingSeconds: 5 },
    ...{ runtime: 'V2', useLegacyStacker: false, ipv6EgressEnabled: false, requiredMountPath: '/data' },
    registryCredentials: { username: 'a', password: 'secret-text' },
    limitOverride: { containers: { cpu: 1, memoryBytes: 1_000_000_000, diskBytes: 1_000_000_000 } },
  },
};

test('import knows every field of a railway.json, and copies no password of a registry', async (t) => {
  const { lines, texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'api.js': '',
    'railway.json': JSON.stringify(file, undefined, 1),
  });
  expect(lines.filter((line) => line.includes('does not know'))).toEqual([]);
  expect(lines.join('\n') + Object.values(texts).join('\n')).not.toContain('secret-text');
  expect(lines.join('\n')).toMatch(/defaulted deploy\.numReplicas another line has the same value/);
});

test('a builder next to the path of its Dockerfile is no other value of it', async (t) => {
  const { lines } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'docker/Dockerfile': 'FROM node:24\n',
    'railway.json': '{ "build": { "builder": "DOCKERFILE", "dockerfilePath": "docker/Dockerfile" } }',
  });
  expect(lines).toContain(
    'railway.json:1:14 defaulted build.builder another line names the Dockerfile that builds it',
  );
});
