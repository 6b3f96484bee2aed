import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { stringify } from 'yaml';
import { importOf } from './testing.ts';
import type { Row } from './rows.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.integer({ min: 0, max: 70_000 }),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(
      '3000:3000',
      './data:/data',
      'curl -f http://localhost/health',
      'node main.js',
      '512m',
      '30s',
      '${NAME:-x}',
      'http://api:3000',
      '${{Postgres.DATABASE_URL}}',
    ),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(word, tie('any'), { maxKeys: 3 }),
  ),
})).any;

/** Maps with keys that the readers know, of any form of value, and with keys that they do not. */
const mapOf = (known: readonly string[]) =>
  fc.dictionary(fc.oneof(word, fc.constantFrom(...known)), value, { minKeys: 1, maxKeys: 6 });

/** References to what `defined` defines, of both forms. */
const mounted = fc.array(
  fc.oneof(fc.constantFrom('a', 'b'), mapOf(['source', 'target', 'uid', 'gid', 'mode']), value),
  { maxLength: 3 },
);
const defined = fc.dictionary(
  fc.constantFrom('a', 'b'),
  mapOf(['file', 'content', 'environment', 'external', 'name', 'driver']),
);

const router = 'traefik.http.routers.a';
const labels = fc.dictionary(
  fc.oneof(
    word,
    fc.constantFrom(
      ...['rule', 'middlewares', 'service', 'tls', 'priority'].map((name) => `${router}.${name}`),
      ...['traefik.enable', 'traefik.http.services.a.loadbalancer.server.port', 'traefik.tcp.routers.a.rule'],
      'traefik.http.middlewares.a.stripprefix.prefixes',
    ),
  ),
  fc.oneof(
    value,
    fc.constantFrom(
      'Host(`a.example`)',
      'PathPrefix(`/b`) || Path(`/health`)',
      'Host(`a`',
      'a',
      '/b',
      '3000',
    ),
  ),
  { maxKeys: 5 },
);

const composeFields = mapOf([
  ...[
    'image',
    'build',
    'command',
    'entrypoint',
    'environment',
    'env_file',
    'ports',
    'expose',
    'volumes',
    'depends_on',
  ],
  ...[
    'healthcheck',
    'restart',
    'deploy',
    'mem_limit',
    'cpus',
    'user',
    'tmpfs',
    'extends',
    'profiles',
    'labels',
    'stop_grace_period',
    'gpus',
    'runtime',
  ],
]);
const composeService = fc
  .tuple(composeFields, fc.record({ configs: mounted, secrets: mounted, labels }, { requiredKeys: [] }))
  .map(([fields, further]) => ({ ...fields, ...further }));
const composeRest = fc
  .tuple(
    mapOf(['version', 'networks', 'volumes', 'x_a']),
    fc.record({ configs: defined, secrets: defined }, { requiredKeys: [] }),
  )
  .map(([fields, further]) => ({ ...fields, ...further }));
const railwayFile = fc.record({
  build: mapOf(['builder', 'buildCommand', 'dockerfilePath', 'watchPatterns']),
  deploy: mapOf([
    'startCommand',
    'preDeployCommand',
    'healthcheckPath',
    'numReplicas',
    'cronSchedule',
    'restartPolicyType',
    'drainingSeconds',
  ]),
  environments: fc.dictionary(word, fc.record({ deploy: mapOf(['startCommand', 'numReplicas']) }), {
    maxKeys: 2,
  }),
});

test('no field of a Compose file is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(
      fc.dictionary(word, composeService, { minKeys: 1, maxKeys: 4 }),
      composeRest,
      (services, rest) => isReported('docker-compose.yml', { ...rest, services }),
    ),
    { numRuns: 60 },
  ));

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

async function isReported<Content extends object>(
  file: string,
  content: Content,
  write: (content: Content) => string = stringify,
  others: Record<string, string> = {},
): Promise<void> {
  const ends: (() => void)[] = [];
  const t = { onTestFinished: (end: () => void) => void ends.push(end) };
  try {
    const { rows } = await importOf(t as never, { ...others, [file]: write(content) });
    const own = rows.filter((row) => row.file === file);
    const missing = pathsOf(content).filter((path) => !own.some((row) => covers(row, path)));
    assert.deepEqual(missing, []);
  } finally {
    for (const end of ends) end();
  }
}

function covers({ field, outcome, why }: Row, path: string): boolean {
  const isThere = path === field || path.startsWith(`${field}.`);
  return isThere && (outcome === 'mapped' || (why ?? '') !== '');
}

/** Returns the paths of all scalars, empty maps and empty lists. */
function pathsOf(content: unknown, above = ''): string[] {
  const entries = typeof content === 'object' && content !== null ? Object.entries(content) : [];
  if (entries.length === 0) return [above];
  return entries.flatMap(([key, inner]) => pathsOf(inner, above === '' ? key : `${above}.${key}`));
}
