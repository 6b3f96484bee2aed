import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { output } from '@pulumi/kubernetes/types/index.js';
import { valueOf } from '../../plan/testing/values.ts';
import { cronJobArgs } from './cron-job.ts';
import { deploymentArgs } from './deployment.ts';
import { onceArgs, preDeployArgs } from './pre-deploy.ts';
import type { Program } from './serving.ts';
import { statefulSetArgs } from './stateful-set.ts';
import { scratchStack, type Scratch } from './testing/scratch.ts';

const program: Program = { image: 'rota/api:1', environment: { plain: {}, secret: {} } };
const variables = { configMap: 'api-predeploy', secret: 'api-predeploy' };
const deployed = ({ scope, code }: Scratch, name: string) =>
  valueOf<output.apps.v1.Deployment>(deploymentArgs(scope, name, code(name), program)).spec;

test('a new version takes over only when it is ready, and the old one drains first', (t) => {
  const stack = scratchStack(
    t,
    '  api: { source: app, port: 3001, replicas: 3, drain: 25s, health: { path: /live, ready: /ready, timeout: 60s } }',
  );
  const { replicas, strategy, template } = deployed(stack, 'api');
  assert.equal(replicas, 3);
  assert.deepEqual(strategy.rollingUpdate, { maxUnavailable: 0, maxSurge: '25%' });
  const { terminationGracePeriodSeconds, containers } = template.spec;
  assert.equal(terminationGracePeriodSeconds, 10 + 25 + 5);
  const { startupProbe, readinessProbe, livenessProbe, lifecycle } = containers[0]!;
  assert.deepEqual(lifecycle, { preStop: { sleep: { seconds: 10 } } });
  assert.deepEqual(
    [startupProbe, readinessProbe, livenessProbe].map((probe) => [
      probe.httpGet.path,
      probe.periodSeconds,
      probe.failureThreshold,
    ]),
    [
      ['/live', 1, 60],
      ['/ready', 2, 2],
      ['/live', 10, 3],
    ],
  );
});

test('a service without a port and health checks has no probes and no preStop hook', (t) => {
  const stack = scratchStack(t, '  worker: { source: app, drain: 20s }');
  const { containers, terminationGracePeriodSeconds } = deployed(stack, 'worker').template.spec;
  const { ports, readinessProbe, lifecycle } = containers[0]!;
  assert.deepEqual([ports, readinessProbe, lifecycle], [undefined, undefined, undefined]);
  assert.equal(terminationGracePeriodSeconds, 25);
});

test('a new pod counts after it has stayed ready for minReady', (t) => {
  const stack = scratchStack(
    t,
    [
      '  worker: { source: app }',
      '  slow: { source: app, minReady: 30s }',
      '  files: { source: app, port: 3001, volume: { path: /data, size: 1Gi } }',
    ].join('\n'),
  );
  assert.equal(deployed(stack, 'worker').minReadySeconds, 5);
  const { minReadySeconds, progressDeadlineSeconds } = deployed(stack, 'slow');
  assert.deepEqual([minReadySeconds, progressDeadlineSeconds], [30, 300 + 30 + 30]);
  const { scope, code } = stack;
  const { spec } = valueOf<output.apps.v1.StatefulSet>(
    statefulSetArgs(scope, 'files', code('files'), program),
  );
  assert.equal(spec.minReadySeconds, 5);
});

test('the readiness probe of a port without health checks opens a connection', (t) => {
  const { containers } = deployed(scratchStack(t, '  api: { source: app, port: 3001 }'), 'api').template.spec;
  assert.deepEqual(containers[0]!.readinessProbe.tcpSocket, { port: 3001 });
});

test('a service with a volume runs one pod that owns the volume', (t) => {
  const { scope, code } = scratchStack(t, '  files: { source: app, volume: { path: /data, size: 1Gi } }');
  const { spec } = valueOf<output.apps.v1.StatefulSet>(
    statefulSetArgs(scope, 'files', code('files'), program),
  );
  assert.equal(spec.replicas, 1);
  const { securityContext, volumes, containers } = spec.template.spec;
  assert.equal(securityContext.fsGroup, 10001);
  assert.deepEqual(volumes.at(-1), { name: 'data', persistentVolumeClaim: { claimName: 'files' } });
  assert.deepEqual(containers[0]!.volumeMounts.at(-1), { name: 'data', mountPath: '/data' });
});

test('runs of a cron service never overlap, and fail as often as the stack file allows', (t) => {
  const { scope, code } = scratchStack(
    t,
    "  tick: { source: app, cron: '*/5 * * * *', restart: { maxRetries: 2 } }",
  );
  const config = { ...code('tick'), cron: '*/5 * * * *' };
  const { spec } = valueOf<output.batch.v1.CronJob>(cronJobArgs(scope, 'tick', config, program));
  assert.deepEqual(
    [spec.schedule, spec.timeZone, spec.concurrencyPolicy, spec.jobTemplate.spec.backoffLimit],
    ['*/5 * * * *', 'Etc/UTC', 'Forbid', 2],
  );
  const cron = { schedule: '0 3 * * *', timezone: 'Europe/Zurich', retries: 0 };
  const zoned = valueOf<output.batch.v1.CronJob>(cronJobArgs(scope, 'tick', { ...config, cron }, program));
  assert.deepEqual(
    [zoned.spec.schedule, zoned.spec.timeZone, zoned.spec.jobTemplate.spec.backoffLimit],
    ['0 3 * * *', 'Europe/Zurich', 0],
  );
});

test('a changed image or command makes a new preDeploy Job, and changed variables do not', (t) => {
  const job = (text: string, image: string, command: string[]) => {
    const { scope, code } = scratchStack(t, text);
    const of = { command, variables, image: { reference: image, id: image } };
    return valueOf<output.batch.v1.Job>(preDeployArgs(scope, 'api', code('api'), of));
  };
  const text = '  api: { source: app, port: 3001 }';
  const one = job(text, 'rota/api:1', ['node migrate.js']);
  assert.deepEqual(job('  api: { source: app, drain: 1m }', 'rota/api:1', ['node migrate.js']), one);
  const others = [
    job(text, 'rota/api:2', ['node migrate.js']),
    job(text, 'rota/api:1', ['node migrate.js', 'node seed.js']),
  ];
  assert.equal(new Set([one, ...others].map(({ metadata }) => metadata.name)).size, 3);
  assert.deepEqual(others[1]!.spec.template.spec.containers[0]!.command, [
    '/bin/sh',
    '-c',
    'for command do /bin/sh -c "$command" || exit; done',
    'sh',
    'node migrate.js',
    'node seed.js',
  ]);
});

test('a service that runs once is a Job of its own command', (t) => {
  const text = "  setup: { image: 'setup:1', command: [fill, all], restart: never }\n  api: { source: app }";
  const { scope, code } = scratchStack(t, text);
  const image = { reference: 'setup:1', id: 'setup:1' };
  const { metadata, spec } = valueOf<output.batch.v1.Job>(
    onceArgs(scope, 'setup', code('setup'), { image, variables }),
  );
  assert.match(metadata.name, /^setup-once-[0-9a-f]{10}$/);
  const { restartPolicy, containers } = spec.template.spec;
  assert.deepEqual([spec.backoffLimit, restartPolicy, containers[0]!.args], [0, 'Never', ['fill', 'all']]);
});

test('network policies select the pods of a Job, and a Service does not', (t) => {
  const { scope, code } = scratchStack(t, '  api: { source: app, port: 3001 }');
  const image = { reference: 'rota/api:1', id: 'rota/api:1' };
  const { spec } = valueOf<output.batch.v1.Job>(
    preDeployArgs(scope, 'api', code('api'), { command: ['true'], image, variables }),
  );
  assert.deepEqual(spec.template.metadata.labels, {
    'app.kubernetes.io/name': 'api',
    'app.kubernetes.io/part-of': 'rota',
    'app.kubernetes.io/component': 'predeploy',
    'app.kubernetes.io/managed-by': 'railhead',
  });
});

test('a command and a connection are checks too', (t) => {
  const stack = scratchStack(
    t,
    [
      '  job: { image: "a:1", health: { command: "test -f $(pwd)/ok", timeout: 30s } }',
      '  web: { image: "a:1", port: 80, health: { command: [check, now] } }',
      '  db: { image: "a:1", port: 81, health: { tcp: true, timeout: 20s } }',
    ].join('\n'),
  );
  const checks = (name: string) => {
    const { containers } = deployed(stack, name).template.spec;
    const { startupProbe, readinessProbe, livenessProbe } = containers[0]!;
    return [startupProbe, readinessProbe, livenessProbe].map(
      (probe) => probe?.exec?.command.join(' ') ?? probe?.tcpSocket?.port,
    );
  };
  const command = '/bin/sh -c test -f $$(pwd)/ok';
  assert.deepEqual(checks('job'), [command, undefined, command]);
  assert.deepEqual(checks('web'), ['check now', 'check now', 80]);
  assert.deepEqual(checks('db'), [81, 81, undefined]);
});
