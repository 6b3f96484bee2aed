import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type TestContext } from 'vitest';
import { lacksCluster, loadImages, shell } from '../../../tests/kubernetes/cluster.ts';
import { lacksPlugin, linkPlugin } from '../../../tools/testing/plugins.ts';
import { removeLeftovers } from '../../targets/docker/testing/daemon.ts';
import { createSystem, environment, lacksEngine } from '../../targets/testing/system.ts';
import { localImage } from '../testing/docker.ts';
import { unless } from '../../../tools/testing/unless.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const [inDocker = '', inCluster = ''] = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(
  ([, block]) => block,
);
const { image, lack } = localImage('postgres:17', 'postgres:15');
const version = image.split(':')[1];
const lacking = (await lacksEngine()) ?? lack;

unless(lacking ?? lacksPlugin('docker')).test(
  'the commands for Docker copy a database to the new name',
  (t) =>
    copies(t, 'docker', {
      commands: inDocker,
      steps: {
        'npm run pulumi -- config set railhead:identity': ['config', 'set', 'railhead:identity', 'roster'],
        'npm run up': ['up', '--yes', '--skip-preview'],
      },
    }),
);

unless(lacking ?? lacksPlugin('kubernetes') ?? (await lacksCluster())).test(
  'the commands for Kubernetes copy a database to the new name',
  async (t) => {
    await loadImages([image]);
    await copies(t, 'kubernetes', {
      commands: inCluster,
      steps: {
        'npm run down': ['destroy', '--yes', '--skip-preview', '--ignore-protect'],
        'npm run up': ['up', '--yes', '--skip-preview'],
      },
    });
  },
);

interface Copy {
  commands: string;
  /** What Pulumi runs for a command of the project, by its beginning. */
  steps: Record<string, string[]>;
}

async function copies(
  t: TestContext,
  target: 'docker' | 'kubernetes',
  { commands, steps }: Copy,
): Promise<void> {
  const suffix = randomBytes(3).toString('hex');
  const [old, now] = [`rota${suffix}`, `roster${suffix}`];
  const rename = (text: string) =>
    text
      .replaceAll('rota', old)
      .replaceAll('roster', now)
      .replaceAll(/(?<==)docker|(?<=-)staging/g, environment);
  const system = await createSystem(target);
  t.onTestFinished(async () => {
    await system.close();
    if (target === 'docker') {
      for (const stack of [old, now]) removeLeftovers({ stack, environment });
    }
  });
  linkPlugin(system.root, target);
  const pulumi = async (...args: string[]) => {
    const { code, output } = await system.pulumi(...args);
    assert.equal(code, 0, output);
  };
  const nameStack = (name: string) =>
    system.write('stacks/test.yaml', {
      name,
      services: { postgres: { type: 'postgres', version } },
    });
  const lines = commands.trim().split('\n');
  const [dump = '', restore = ''] = [lines[0], lines.at(-1)];
  /** Runs SQL in the container where a command runs its program. */
  const query = (command: string, database: string, sql: string) => {
    const container = rename(command.slice(0, command.search(/pg_dump|psql/)));
    return shell(`${container} psql -Atc "${sql}" ${database}`, system.root);
  };

  nameStack(old);
  await pulumi('up', '--yes', '--skip-preview');
  await query(dump, old, "SET ROLE owner; CREATE TABLE shifts AS SELECT 'Ada' AS who");
  nameStack(now);
  for (const line of lines) {
    const step = Object.entries(steps).find(([start]) => line.startsWith(start))?.[1];
    if (step === undefined) await shell(rename(line), system.root);
    else await pulumi(...step.map(rename));
  }
  assert.match(await query(restore, now, 'SET ROLE app; SELECT who FROM shifts'), /^Ada$/m);
}
