import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from '../../graph/scratch-graph.ts';
import { unsupportedByDocker } from './unsupported.ts';

test('what one daemon cannot do is found, each field by itself', (t) => {
  const graph = graphOf(
    t,
    `
name: shop
observability: true
services:
  api: { source: app, port: 3001, resources: { cpu: 1 }, replicas: { min: 1, max: 3, cpu: 70 } }
  mailer: { source: app, egress: [{ to: 10.1.0.0/16 }, { to: internet, port: 25 }, { to: internet }] }
  report: { image: 'reporter:1', cron: '0 3 * * *' }
  old: { source: app, start: python3 main.py }
gateway: { domain: shop.example, routes: [{ path: /*, to: api }] }
`,
  );
  assert.deepEqual(
    unsupportedByDocker(graph)
      .map(({ path }) => path.join('.'))
      .toSorted(),
    [
      'gateway.domain',
      'observability',
      'services.api.replicas',
      'services.mailer.egress.0.to',
      'services.mailer.egress.1.port',
      'services.old.start',
      'services.report.cron',
    ],
  );
});
