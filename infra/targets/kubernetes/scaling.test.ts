import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { output } from '@pulumi/kubernetes/types/index.js';
import { valueOf } from '../../plan/testing/values.ts';
import { deploymentArgs } from './deployment.ts';
import { scaledObjectArgs } from './keda.ts';
import { resourcesOf } from './resources.ts';
import { autoscalerArgs, scalerOf } from './scaling.ts';
import { scratchStack } from './testing/scratch.ts';
import { kubernetesTarget } from './target.ts';

const program = { image: 'rota/api:1', environment: { plain: {}, secret: {} } };

test('a Deployment with a scaler has no number of replicas', (t) => {
  const { scope, code } = scratchStack(
    t,
    '  api: { source: app, resources: { cpu: 1 }, replicas: { min: 2, max: 5, cpu: 70 } }',
  );
  const { replicas } = code('api');
  assert.equal(scalerOf(replicas), 'hpa');
  const { spec } = valueOf<output.apps.v1.Deployment>(deploymentArgs(scope, 'api', code('api'), program));
  assert.ok(!('replicas' in spec));
  const scaler = autoscalerArgs(scope, 'api', { replicas }).spec;
  assert.deepEqual([scaler.minReplicas, scaler.maxReplicas], [2, 5]);
  assert.deepEqual(scaler.metrics, [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
  ]);
});

test('one ScaledObject scales by queue, CPU and memory', (t) => {
  const { scope, graph, code } = scratchStack(
    t,
    `  api: { source: app, port: 3001, metrics: /metrics }
  worker:
    source: app
    resources: { cpu: 1, memory: 1Gi }
    replicas: { min: 0, max: 5, cpu: 70, memory: 80, queue: { name: jobs, size: 100, from: api } }`,
  );
  const { replicas } = code('worker');
  assert.equal(scalerOf(replicas), 'keda');
  const { spec } = scaledObjectArgs(scope, graph, 'worker', { replicas });
  assert.deepEqual([spec.minReplicaCount, spec.maxReplicaCount], [0, 5]);
  assert.deepEqual(spec.triggers, [
    {
      type: 'metrics-api',
      metadata: {
        url: 'http://api.rota-test.svc:3001/metrics',
        format: 'prometheus',
        valueLocation: 'queue_length{queue="jobs"}',
        targetValue: '100',
      },
    },
    { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
    { type: 'memory', metricType: 'Utilization', metadata: { value: '80' } },
  ]);
});

test('declared limits are used, and a request equals the limit if only the limit is declared', () => {
  const memory = { bytes: 2 ** 30, text: '1Gi' };
  const less = { bytes: 2 ** 29, text: '512Mi' };
  const of = resourcesOf({ resources: { cpu: 2, memory, requests: { cpu: 0.25 } } });
  assert.deepEqual(of.limits, { cpu: '2', memory: '1Gi', 'ephemeral-storage': '1Gi' });
  assert.deepEqual(of.requests, { cpu: '250m', memory: '1Gi', 'ephemeral-storage': '64Mi' });
  const { requests } = resourcesOf({ resources: { memory, requests: { memory: less } } });
  assert.deepEqual(requests, { cpu: '100m', memory: '512Mi', 'ephemeral-storage': '64Mi' });
  const { limits } = resourcesOf({ resources: { requests: { cpu: 2, memory } } });
  assert.deepEqual(limits, { cpu: '2', memory: '1Gi', 'ephemeral-storage': '1Gi' });
});

test('a service without resources has default limits', () => {
  const { limits, requests } = resourcesOf({ resources: undefined });
  assert.deepEqual(limits, { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' });
  assert.deepEqual(requests, { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' });
});

test('every field that the Kubernetes target does not support is reported', (t) => {
  const { graph } = scratchStack(
    t,
    `  api: { source: app, port: 3001, resources: { cpu: 1 }, replicas: { min: 0, max: 3, cpu: 70 } }
  never: { source: app, port: 3002, restart: never }
  once: { source: app, restart: never }
  tick: { source: app, cron: '0 0 * * *', restart: { policy: never } }`,
  );
  assert.deepEqual(
    kubernetesTarget.unsupported(graph).map(({ path }) => path.join('.')),
    ['services.api.replicas.min', 'services.never.restart.policy'],
  );
});

test('the name of an environment must be valid in a namespace name', (t) => {
  const { graph } = scratchStack(t, '  api: { source: app }');
  const places = kubernetesTarget.unsupported({ ...graph, environment: 'QA_1' }).map(({ path }) => path);
  assert.deepEqual(places, [['name']]);
});

test('a service must not have the name of a resource of another service', (t) => {
  const { graph } = scratchStack(
    t,
    `  api: { source: app, preDeploy: node migrate.js }
  api-predeploy: { source: app }
  db: { type: postgres }
  db-backup: { source: app, cron: '0 3 * * *' }
  db-app: { type: redis }
  default-deny: { source: app }
  revisions: { type: redis, port: 6380 }
  web-backup: { source: app }
  web-predeploy: { source: app }`,
  );
  assert.deepEqual(
    kubernetesTarget.unsupported(graph).map(({ path }) => path[1]),
    ['api-predeploy', 'db-app', 'db-backup', 'default-deny', 'revisions'],
  );
});
