import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { output } from '@pulumi/kubernetes/types/index.js';
import { dataKinds } from '../../data/index.ts';
import { valueOf } from '../../plan/testing/values.ts';
import { cronJobArgs } from './cron-job.ts';
import { backupArgs } from './data/backup.ts';
import { dataStatefulSetArgs } from './data/stateful-set.ts';
import { deploymentArgs } from './deployment.ts';
import { onceArgs, preDeployArgs } from './pre-deploy.ts';
import { serviceAccountArgs } from './service-account.ts';
import type { Program } from './serving.ts';
import { scratchStack } from './testing/scratch.ts';
import { volumeArgs } from './volume.ts';

const settings = `kubernetes:
      annotations: { example.com/team: rota }
      labels: { team: rota }
      serviceAccount: { annotations: { iam.gke.io/gcp-service-account: rota@acme.iam.gserviceaccount.com } }
      nodeSelector: { disk: ssd }
      tolerations: [{ key: gpu, operator: Exists }]
      priorityClass: high`;
const program: Program = { image: 'rota/api:1', environment: { plain: {}, secret: {} } };
const image = { reference: 'rota/api:1', id: 'rota/api:1' };
const variables = { configMap: 'a', secret: 'a' };

test('the workload and all pods of a service have its settings', (t) => {
  const { scope, code, service } = scratchStack(
    t,
    `  api:\n    source: app\n    ${settings}\n  db:\n    type: postgres\n    ${settings}`,
  );
  const api = code('api');
  const db = service('db');
  assert.ok(db.form === 'data' && db.config.kind === 'postgres');
  const container = dataKinds.postgres.container(db.config, 'rota');
  const { backup } = dataKinds.postgres;
  assert.ok(backup);
  const templates = [
    deploymentArgs(scope, 'api', api, program),
    cronJobArgs(scope, 'api', { ...api, cron: '* * * * *' }, program),
    preDeployArgs(scope, 'api', api, { command: ['true'], image, variables }),
    onceArgs(scope, 'api', api, { image, variables }),
    dataStatefulSetArgs(scope, 'db', db.config, container, 'r1'),
    backupArgs(scope, 'db', db.config, backup, 'rota'),
  ].map((args) => {
    const { metadata, spec } = valueOf<output.apps.v1.Deployment>(args);
    const { jobTemplate } = spec as unknown as output.batch.v1.CronJobSpec;
    const template = jobTemplate === undefined ? spec.template : jobTemplate.spec.template;
    assert.equal(metadata.labels.team, 'rota');
    assert.equal(metadata.annotations['example.com/team'], 'rota');
    return template;
  });
  for (const { metadata, spec } of templates) {
    assert.equal(metadata.labels.team, 'rota');
    assert.ok(metadata.labels['app.kubernetes.io/name']);
    assert.equal(metadata.annotations['example.com/team'], 'rota');
    assert.deepEqual(spec.nodeSelector, { disk: 'ssd' });
    assert.deepEqual(spec.tolerations, [{ key: 'gpu', operator: 'Exists' }]);
    assert.equal(spec.priorityClassName, 'high');
  }
  const selector = valueOf<output.apps.v1.Deployment>(deploymentArgs(scope, 'api', api, program)).spec
    .selector;
  assert.equal(selector.matchLabels.team, undefined);
});

test('the service account has the annotations of its identity, and no token', (t) => {
  const { scope, code } = scratchStack(t, `  api:\n    source: app\n    ${settings}`);
  const { metadata, automountServiceAccountToken } = serviceAccountArgs(scope, 'api', code('api'));
  assert.deepEqual(metadata.annotations, {
    'iam.gke.io/gcp-service-account': 'rota@acme.iam.gserviceaccount.com',
  });
  assert.equal(automountServiceAccountToken, false);
});

test('the class of a volume is that of the service, then that of the system', (t) => {
  const { scope, code } = scratchStack(
    t,
    '  own: { source: app, volume: { path: /a, size: 1Gi }, kubernetes: { storageClass: fast } }\n  plain: { source: app, volume: { path: /a, size: 1Gi } }',
  );
  const classOf = (name: string, storageClass?: string) =>
    volumeArgs({ ...scope, storageClass }, name, code(name), '1Gi').spec.storageClassName;
  assert.deepEqual(
    [classOf('own', 'slow'), classOf('plain', 'slow'), classOf('plain')],
    ['fast', 'slow', undefined],
  );
});

test('a GPU is a limit of each pod except for that of `preDeploy`', (t) => {
  const { scope, code } = scratchStack(t, '  api: { source: app, resources: { cpu: 1, gpu: 2 } }');
  const api = code('api');
  const limitsOf = (args: object) => {
    const { spec } = valueOf<output.apps.v1.Deployment>(args);
    return spec.template.spec.containers[0]!.resources.limits;
  };
  assert.equal(limitsOf(deploymentArgs(scope, 'api', api, program))['nvidia.com/gpu'], '2');
  assert.equal(limitsOf(onceArgs(scope, 'api', api, { image, variables }))['nvidia.com/gpu'], '2');
  const preDeploy = limitsOf(preDeployArgs(scope, 'api', api, { command: ['true'], image, variables }));
  assert.deepEqual([preDeploy['nvidia.com/gpu'], preDeploy.cpu], [undefined, '1']);
});
