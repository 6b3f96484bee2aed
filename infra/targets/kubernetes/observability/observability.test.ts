import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { buildGraph } from '../../../graph/graph.ts';
import { packageRoot } from '../../../common/roots.ts';
import { loadStack } from '../../../stack/load.ts';
import { alertsOf } from './alerts.ts';
import { dashboardArgs, dashboardOf } from './dashboard.ts';
import { podMonitorArgs } from './monitor.ts';

const graph = buildGraph(loadStack(join(packageRoot, 'stacks/rota.prod.yaml')), 'prod');
const scope = {
  root: '/clone',
  stack: 'rota',
  environment: 'prod',
  namespace: 'rota-prod',
  images: graph.images,
  pullSecrets: [],
};
const queries = [
  ...alertsOf(graph).map(({ expr }) => expr),
  ...dashboardOf(graph).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
];

test('alerts and dashboards query only metrics that services export', () => {
  const source = globSync('services/**/*.ts', { cwd: packageRoot })
    .map((file) => readFileSync(join(packageRoot, file), 'utf8'))
    .join('');
  const told = new Set([...source.matchAll(/name: '([a-z_]+)',\s+help: /g)].map(([, name]) => name));
  const asked = queries
    .flatMap((query) => query.match(/[a-z_]+(?=\{)/g) ?? [])
    .filter((name) => !/^(kube|kubelet)_/.test(name))
    .map((name) => name.replace(/_(bucket|count)$/, ''));
  assert.deepEqual(new Set(asked), new Set(['http_request_duration_seconds', 'queue_length']));
  for (const name of asked) assert.ok(told.has(name), `no service exports ${name}`);
});

test('every query selects the namespace of this environment only', () => {
  for (const query of queries) {
    const series = query.match(/[a-z_]+\{[^}]*\}/g) ?? [];
    assert.ok(series.length > 0, query);
    for (const one of series) assert.match(one, /\{namespace="rota-prod"/);
  }
});

test('alerts cover the servers that the cluster runs, their backups, and each queue', () => {
  const names = (given: typeof graph) => alertsOf(given).map(({ alert }) => alert);
  assert.deepEqual(
    names(graph).filter((name) => /Server|Backup|Queue|Requests/.test(name)),
    ['RequestsFail', 'RequestsSlow', 'QueueTooLong', 'DataServerDown', 'BackupTooOld', 'DataServerDown'],
  );
  const external = graph.services.map((service) =>
    service.form === 'data' ? { ...service, form: 'external' as const, addresses: {} } : service,
  );
  assert.ok(!names({ ...graph, services: external }).some((name) => /Server|Backup/.test(name)));
  const queue = alertsOf(graph).find(({ alert }) => alert === 'QueueTooLong');
  assert.equal(
    queue?.expr,
    'max by (queue) (queue_length{namespace="rota-prod",queue="notifications"}) > 500',
  );
});

test('Prometheus and Grafana find their objects by labels', () => {
  const { spec } = podMonitorArgs(scope, 'api', '/metrics', 'main');
  assert.equal(spec.selector.matchLabels['app.kubernetes.io/component'], 'service');
  assert.equal(spec.podMetricsEndpoints[0]?.path, '/metrics');
  const { metadata, data } = dashboardArgs(scope, graph);
  assert.equal(metadata.labels.grafana_dashboard, '1');
  assert.equal((JSON.parse(data['rota-prod.json'] ?? '') as { uid: string }).uid, 'rota-prod');
});
