import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReported, mapOf, value, word } from '../testing-fields.ts';
import { importOf, servicesOf } from '../testing.ts';

const nixpacks = `providers = ["node"]
[phases.setup]
nixPkgs = ["...", "nodejs_20", "ffmpeg"]
aptPkgs = ["curl"]
[phases.build]
cmds = ["npm run db:generate", "npx tsc"]
dependsOn = ["install"]
cacheDirectories = [".next/cache"]
[phases.install]
cmds = ["npm ci --legacy-peer-deps"]
[phases.future]
new = 1
[start]
cmd = "node main.js"
[variables]
LEVEL = "info"
`;
const shop = { 'package.json': '{ "name": "shop" }', 'api/package.json': '{}', 'api/main.js': '' };
const files = (own: object) => ({
  ...{ ...shop, 'api/nixpacks.toml': nixpacks, 'api/railway.json': JSON.stringify(own) },
});

test('import reads the commands and variables of nixpacks.toml, and reports every field', async (t) => {
  const { texts, lines } = await importOf(t, files({ deploy: { numReplicas: 2 } }));
  expect(servicesOf(texts, 'shop')['api']).toEqual({
    ...{ source: 'api', build: 'npm ci --legacy-peer-deps && npm run db:generate && npx tsc' },
    ...{ start: 'node main.js', replicas: 2, variables: { LEVEL: 'info' } },
  });
  const own = lines.filter((line) => line.startsWith('api/nixpacks.toml'));
  expect(own.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
    'defaulted providers',
    ...['defaulted phases.setup.nixPkgs.0', 'cannot phases.setup.nixPkgs.1', 'cannot phases.setup.nixPkgs.2'],
    'cannot phases.setup.aptPkgs',
    ...['mapped phases.build.cmds', 'defaulted phases.build.dependsOn'],
    ...['defaulted phases.build.cacheDirectories', 'mapped phases.install', 'cannot phases.future'],
    ...['mapped start', 'mapped variables'],
  ]);
});

test('the commands of railway.json hold, and the report names those that are left out', async (t) => {
  const own = { build: { buildCommand: 'npm run build' }, deploy: { startCommand: 'node main.js --own' } };
  const { texts, lines } = await importOf(t, files(own));
  expect(servicesOf(texts, 'shop')['api']).toMatchObject({
    build: 'npm run build',
    start: 'node main.js --own',
    variables: { LEVEL: 'info' },
  });
  const text = lines.join('\n');
  expect(text).toContain('defaulted phases.build.cmds another file has the build command, which holds');
  expect(text).toContain('cannot phases.install another file has the build command');
  expect(text).toContain('defaulted start another line has another value, which holds');
});

test('nixpacks.toml is not read where Railpack or a Dockerfile builds the service', async (t) => {
  const railpack = await importOf(
    t,
    files({ build: { builder: 'RAILPACK' }, deploy: { startCommand: 'node main.js' } }),
  );
  expect(servicesOf(railpack.texts, 'shop')['api']).toEqual({ source: 'api', start: 'node main.js' });
  expect(railpack.lines.join('\n')).toContain('Railpack builds the service, and does not read this file');
  const docker = files({ build: { builder: 'DOCKERFILE' } });
  const { texts } = await importOf(t, { ...docker, 'api/Dockerfile': 'FROM node:24\n' });
  expect(servicesOf(texts, 'shop')['api']).toEqual({ source: 'api', dockerfile: 'Dockerfile' });
});

test('no field of a nixpacks.json is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        phases: fc.dictionary(
          fc.oneof(word, fc.constantFrom('setup', 'install', 'build')),
          mapOf(['cmds', 'nixPkgs', 'aptPkgs', 'dependsOn', 'cacheDirectories', 'paths']),
          { maxKeys: 3 },
        ),
        start: mapOf(['cmd', 'runImage', 'onlyIncludeFiles']),
        variables: value,
        providers: value,
      }),
      (content) =>
        isReported('nixpacks.json', content, JSON.stringify, {
          'railway.json': '{ "deploy": { "numReplicas": 1 } }',
        }),
    ),
    { numRuns: 40 },
  ));
