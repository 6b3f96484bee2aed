import fc from 'fast-check';
import { test } from 'vitest';
import { isReported, mapOf, value, word } from '../testing-fields.ts';

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
test('no field of a Compose file is absent from the report', () =>
  fc.assert(
    fc.asyncProperty(
      fc.dictionary(word, composeService, { minKeys: 1, maxKeys: 4 }),
      composeRest,
      (services, rest) => isReported('docker-compose.yml', { ...rest, services }),
    ),
    { numRuns: 60 },
  ));
