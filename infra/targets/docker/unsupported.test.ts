import assert from 'node:assert/strict';
import { test } from 'vitest';
import { graphOf } from '../../graph/scratch-graph.ts';
import { dockerTarget } from './target.ts';

test('every field that the Docker target does not support is reported', (t) => {
  const graph = graphOf(
    t,
    `
name: shop
observability: true
imagePullSecrets: [team-registry]
services:
  api: { source: app, port: 3001, resources: { cpu: 1 }, replicas: { min: 1, max: 3, cpu: 70 } }
  mailer: { source: app, egress: [{ to: 10.1.0.0/16 }, { to: internet, port: 25 }, { to: internet }] }
  report: { image: 'reporter:1', cron: '0 3 * * *' }
  own: { source: app, dockerfile: Dockerfile, cron: '0 3 * * *' }
  far: { type: postgres, external: { url: '\${{secret.FAR}}', network: 10.9.0.0/16 } }
  old: { source: app, start: elixir main.exs }
gateway: { domain: shop.example, routes: [{ path: /*, to: api }] }
`,
  );
  assert.deepEqual(
    dockerTarget
      .unsupported(graph)
      .map(({ path }) => path.join('.'))
      .toSorted(),
    [
      'gateway.domain',
      'imagePullSecrets',
      'observability',
      'services.api.replicas',
      'services.far.external.network',
      'services.mailer.egress.0.to',
      'services.mailer.egress.1.port',
      'services.old.start',
      'services.own.cron',
      'services.report.cron',
    ],
  );
});

test('a service must not have the name of a container or password of another service', (t) => {
  const graph = graphOf(
    t,
    `
name: shop
services:
  api: { source: app, port: 3001, replicas: 2, preDeploy: node migrate.js }
  api-2: { source: app, cron: '0 3 * * *' }
  api-3: { source: app, cron: '0 3 * * *' }
  api-balancer: { type: redis }
  api-predeploy: { source: app }
  db: { type: postgres }
  db-app: { type: redis, port: 6380 }
  db-web: { type: redis, port: 6381 }
`,
  );
  assert.deepEqual(
    dockerTarget.unsupported(graph).map(({ message }) => message),
    [
      '"api-2" is also the name of a resource of "api"; choose another name',
      '"api-balancer" is also the name of a resource of "api"; choose another name',
      '"db-app" is also the name of a resource of "db"; choose another name',
    ],
  );
});
