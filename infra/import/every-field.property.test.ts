import fc from 'fast-check';
import { test } from 'vitest';
import { stringify } from 'yaml';
import { isReported, mapOf, value, word } from './testing-fields.ts';

const railwayFile = fc.record({
  build: mapOf(['builder', 'buildCommand', 'dockerfilePath', 'watchPatterns', 'nixpacksConfigPath']),
  deploy: mapOf([
    'startCommand',
    'preDeployCommand',
    'healthcheckPath',
    'numReplicas',
    'cronSchedule',
    'restartPolicyType',
    'drainingSeconds',
    'registryCredentials',
  ]),
  environments: fc.dictionary(word, fc.record({ deploy: mapOf(['startCommand', 'numReplicas']) }), {
    maxKeys: 2,
  }),
});

test('no field of a railway.json is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(railwayFile, (content) => isReported('railway.json', content)),
    { numRuns: 60 },
  ));

test('no field of a railpack.json is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        packages: mapOf(['python', 'node', 'bun', 'ffmpeg']),
        secrets: value,
        steps: fc.dictionary(word, mapOf(['commands', 'cache', 'env', 'variables', 'secrets']), {
          maxKeys: 2,
        }),
        deploy: mapOf(['startCommand', 'variables', 'inputs', 'base']),
      }),
      (content) => isReported('railpack.json', content),
    ),
    { numRuns: 40 },
  ));

const blueprint = fc.record({
  services: fc.array(
    mapOf([
      ...['type', 'name', 'runtime', 'plan', 'image', 'envVars', 'scaling', 'disk', 'healthCheckPath'],
      ...['preDeployCommand', 'numInstances', 'schedule', 'domains', 'rootDir', 'staticPublishPath'],
      ...['env', 'buildCommand', 'routes', 'headers', 'maxmemoryPolicy'],
    ]),
    { minLength: 1, maxLength: 3 },
  ),
  databases: fc.array(mapOf(['name', 'plan', 'postgresMajorVersion', 'diskSizeGB']), { maxLength: 2 }),
  envVarGroups: value,
  projects: value,
});

const flyApp = fc.record({
  app: word,
  build: mapOf(['image', 'dockerfile', 'args', 'builder', 'build-target']),
  deploy: mapOf(['release_command', 'strategy']),
  env: value,
  processes: value,
  http_service: mapOf(['internal_port', 'checks', 'processes', 'auto_stop_machines', 'concurrency']),
  services: value,
  mounts: value,
  vm: fc.array(mapOf(['size', 'memory', 'cpus', 'processes']), { maxLength: 2 }),
  checks: value,
});

test('no field of a service of railway.ts is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(
      mapOf([
        'source',
        'build',
        'start',
        'deploy',
        'healthcheck',
        'replicas',
        'env',
        'domains',
        'volumeMounts',
      ]),
      (service) =>
        isReported(
          '.railway/railway.ts',
          { services: { web: service } },
          ({ services: { web } }) =>
            `export default defineRailway(() => project('x', { resources: [service('web', ${JSON.stringify(web)})] }));`,
        ),
    ),
    { numRuns: 60 },
  ));

test('no field of a blueprint is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(blueprint, (content) => isReported('render.yaml', content)),
    { numRuns: 60 },
  ));

test('no field of a fly.toml is absent from the report', () =>
  fc.assert(
    // A configuration of Fly can be YAML too.
    fc.asyncProperty(flyApp, (content) => isReported('fly.yaml', content)),
    { numRuns: 60 },
  ));

const railpackFields = mapOf([
  ...['provider', 'packages', 'caches', 'steps', 'deploy', 'build', 'root', 'metadata', 'secrets'],
  ...['installCmd', 'buildCmd', 'startCmd', 'env'],
]);

test('no field of a railpack.json or a railway.json with a map of services is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('railpack.json', 'railway.json'),
      fc.dictionary(word, fc.oneof(railpackFields, railwayFile, value), { minKeys: 1, maxKeys: 3 }),
      mapOf(['version', 'metadata', 'environments', 'deploy', 'build']),
      (file, services, rest) => isReported(file, { ...rest, services }),
    ),
    { numRuns: 60 },
  ));

const processes = fc.dictionary(fc.oneof(word, fc.constantFrom('web', 'release')), word, {
  minKeys: 1,
  maxKeys: 3,
});
const appFields = fc.tuple(
  mapOf(['name', 'env', 'formation', 'addons', 'scripts', 'stack', 'buildpacks', 'image']),
  fc.record(
    {
      addons: fc.array(
        fc.oneof(
          fc.constantFrom('heroku-postgresql:mini', 'heroku-redis', 'papertrail'),
          fc.record({ plan: fc.constantFrom('heroku-postgresql', 'jawsdb'), as: word, options: value }),
          value,
        ),
        { maxLength: 4 },
      ),
      formation: fc.dictionary(fc.constantFrom('web', 'worker'), mapOf(['quantity', 'size'])),
    },
    { requiredKeys: [] },
  ),
);

test('no process of a Procfile is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(processes, (content) => isReported('Procfile', content)),
    { numRuns: 60 },
  ));

test('no field of an app.json is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(
      appFields,
      fc.dictionary(fc.oneof(word, fc.constantFrom('test', 'pr')), appFields, { maxKeys: 2 }),
      (own, environments) => {
        const all = Object.entries(environments).map(([name, fields]) => [
          name,
          Object.assign({}, ...fields),
        ]);
        const content = { ...own[0], ...own[1], environments: Object.fromEntries(all) as object };
        return isReported('app.json', content, stringify, { Procfile: 'web: a\nworker: b\n' });
      },
    ),
    { numRuns: 60 },
  ));
