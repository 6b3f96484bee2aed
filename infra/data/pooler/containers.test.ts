import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'vitest';
import { lacksPackagedBases, makePgBouncer } from '../../../tests/docker/bases.ts';
import { deployedSystem as dockerSystem, lack as lacksDocker } from '../../../tests/docker/deployed.ts';
import { loadImages, shell } from '../../../tests/kubernetes/cluster.ts';
import { deployedSystem as clusterSystem, lack as lacksCluster } from '../../../tests/kubernetes/deployed.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { succeed, type TestSystem } from '../../targets/testing/system.ts';
import { localImage } from '../testing/docker.ts';

const server = localImage('postgres:17', 'postgres:15');
const lack = server.lack ?? lacksPackagedBases();
const stack = `pooler${randomBytes(3).toString('hex')}`;

/** A service with psql that makes a table as the owner, and waits. */
const services = {
  db: { type: 'postgres', version: server.image.split(':')[1], connections: 14, pooler: true },
  client: {
    image: server.image,
    start: 'sleep 86400',
    preDeploy: `sh -c 'psql "$DATABASE_URL" -c "CREATE TABLE IF NOT EXISTS shifts (who text)"'`,
    variables: { DATABASE_URL: '${{db.DATABASE_URL}}', DIRECT_URL: '${{db.DIRECT_URL}}' },
  },
};

interface Deployed {
  open: () => Promise<TestSystem>;
  close: (system: TestSystem) => Promise<void>;
  /** The command that runs the rest of a command line in the container of the client. */
  inClient: string;
}

async function pools(t: TestContext, pgbouncer: string, { open, close, inClient }: Deployed): Promise<void> {
  const system = await open();
  t.onTestFinished(() => close(system));
  system.write('stacks/test.yaml', { name: stack, services, images: { pgbouncer } });
  await succeed(system.up());
  const run = (script: string) => shell(`${inClient} sh -c '${script}'`, system.root);
  // More clients than the server has connections.
  const insert = `psql "$DATABASE_URL" -qc "INSERT INTO shifts SELECT 1 FROM pg_sleep(0.2)"`;
  await run(
    `for n in $(seq 25); do ${insert} & pids="$pids $!"; done; for p in $pids; do wait $p || exit 1; done`,
  );
  const ask = (url: string, sql: string) => run(`psql "$${url}" -Atc "${sql}"`).then((text) => text.trim());
  assert.equal(await ask('DATABASE_URL', 'SELECT count(*) FROM shifts'), '25');
  const opened = `SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()`;
  assert.ok(Number(await ask('DIRECT_URL', opened)) <= 5);
  await assert.rejects(ask('DATABASE_URL', 'CREATE TABLE mine (id int)'), /permission denied/);
  await succeed(system.pulumi('preview', '--expect-no-changes'));
}

unless(lack ?? lacksDocker).test(
  'PgBouncer in a container serves the services of a Postgres on Docker',
  (t) => {
    const { open, close } = dockerSystem(stack);
    const labels = ['stack=' + stack, 'service=client', 'role=replica'];
    const filters = labels.map((label) => `--filter label=railhead.${label}`).join(' ');
    return pools(t, makePgBouncer(), {
      open,
      close,
      inClient: `docker exec $(docker ps --quiet ${filters})`,
    });
  },
);

unless(lack ?? lacksCluster).test(
  'PgBouncer in the pod of a Postgres serves its services on Kubernetes',
  (t) => {
    const { inNamespace, open, close } = clusterSystem(stack);
    const pgbouncer = makePgBouncer();
    const loaded = async () => {
      await loadImages([server.image, pgbouncer]);
      return open();
    };
    return pools(t, pgbouncer, {
      open: loaded,
      close,
      inClient: `kubectl exec ${inNamespace} deploy/client --`,
    });
  },
);
