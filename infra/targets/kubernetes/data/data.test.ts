import assert from 'node:assert/strict';
import { test } from 'vitest';
import { dataKinds, type DataService } from '../../../data/index.ts';
import { withMemoryLimit } from '../../../containers/limits.ts';
import { mariadbContainer } from '../../../data/mariadb/container.ts';
import { postgresContainer } from '../../../data/postgres/container.ts';
import { redisContainer } from '../../../data/redis/container.ts';
import { backupArgs, backupPolicyArgs } from './backup.ts';
import { dataStatefulSetArgs } from './stateful-set.ts';

const scope = {
  root: '/clone',
  stack: 'rota',
  environment: 'prod',
  namespace: 'rota-prod',
  images: { node: 'node:24-slim', redis: 'mirror/redis:7' },
  pullSecrets: [],
};
const backupOf = dataKinds.postgres.backup!;
const storage = { bytes: 2 ** 30, text: '1Gi' };
const postgres = withMemoryLimit({
  kind: 'postgres',
  version: '17',
  port: 5432,
  storage,
  resources: undefined,
  external: undefined,
});
const redis = withMemoryLimit<DataService>({
  kind: 'redis',
  version: '7',
  port: 6379,
  storage,
  resources: undefined,
  external: undefined,
});
const mariadb = withMemoryLimit<DataService>({ ...redis, kind: 'mariadb', version: '10.11', port: 3306 });
const sets = [
  dataStatefulSetArgs(scope, 'db', postgres, postgresContainer(postgres, 'rota'), 'r1'),
  dataStatefulSetArgs(scope, 'cache', redis, redisContainer(redis), 'r1'),
  dataStatefulSetArgs(scope, 'my', mariadb, mariadbContainer(mariadb, 'rota'), 'r1'),
];
const backup = backupArgs(scope, 'db', postgres, backupOf, 'rota');
const pods = [...sets.map(({ spec }) => spec.template), backup.spec.jobTemplate.spec.template];

test('pods of data servers and backups pass Pod Security restricted, with a read-only root', () => {
  for (const { spec } of pods) {
    assert.equal(spec.securityContext.runAsUser, 999);
    assert.equal(spec.securityContext.fsGroup, 999);
    assert.equal(spec.automountServiceAccountToken, false);
    for (const { securityContext, resources, volumeMounts } of spec.containers) {
      assert.equal(securityContext.allowPrivilegeEscalation, false);
      assert.equal(securityContext.readOnlyRootFilesystem, true);
      assert.deepEqual(securityContext.capabilities, { drop: ['ALL'] });
      assert.ok(resources.limits && resources.requests);
      const mounted = volumeMounts.map(({ name }) => name);
      assert.deepEqual(new Set(mounted), new Set(spec.volumes.map(({ name }) => name)));
    }
  }
});

test('no argument, variable or label contains a password', () => {
  for (const resource of [...sets, backup]) assert.ok(!JSON.stringify(resource).includes('passwordOf'));
});

test('images are the official ones, unless the stack file names others', () => {
  const images = pods.map(({ spec }) => spec.containers[0]?.image);
  assert.deepEqual(images, ['postgres:17', 'mirror/redis:7', 'mariadb:10.11', 'postgres:17']);
});

test('the data of Redis fit into its memory limit, also into the default limit', () => {
  assert.match(
    JSON.stringify(sets[1]?.spec.template.spec.containers[0]?.resources.limits),
    /"memory":"512Mi"/,
  );
  assert.equal(redis.resources?.memory?.bytes, 2 ** 29);
});

test('a backup pod can connect to the server, and the StatefulSet does not select it', () => {
  const [out, into] = backupPolicyArgs(scope, 'db', postgres);
  const { labels } = backup.spec.jobTemplate.spec.template.metadata;
  const holds = (wanted: Record<string, string>, given: Record<string, string>) =>
    Object.entries(wanted).every(([name, value]) => given[name] === value);
  const server = sets[0]!;
  assert.ok(!holds(server.spec.selector.matchLabels, labels));
  assert.ok(holds(out!.spec.podSelector.matchLabels, labels));
  assert.ok(holds(into!.spec.podSelector.matchLabels, server.spec.template.metadata.labels));
});
