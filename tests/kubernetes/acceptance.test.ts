import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { kubectl, lacksCluster } from './cluster.ts';
import { leaveOutUnknown, lendDefinitions } from './definitions.ts';
import { createRota, type ClusterRota } from './rota.ts';
import { patience } from './system.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = (await lacksEngine()) ?? (await lacksCluster());

unless(lack).describe(
  'the API server accepts every rendered file, under restricted and without a warning',
  () => {
    let rota: ClusterRota;
    const lent: string[] = [];

    beforeAll(async () => {
      rota = await createRota();
    });
    afterAll(async () => {
      await rota.close();
      for (const file of lent) await kubectl('delete', '--wait=false', `--filename=${file}`);
    });

    for (const observability of [false, true]) {
      test(`production${observability ? ' with observability' : ''}`, async () => {
        rota.system.write('stacks/test.yaml', { extends: 'rota.prod.yaml', observability });
        const out = await rota.render();
        await kubectl('apply', '--server-side', `--filename=${join(out, '00-namespace.yaml')}`);
        await eventually(
          () => kubectl('get', 'serviceaccount', 'default', rota.inNamespace),
          patience * 1000,
        );
        lent.push(...(await lendDefinitions(out)));
        const unknown = await leaveOutUnknown(out);
        if (unknown.length > 0)
          console.log(`not checked, since the cluster has no definition: ${unknown.join(', ')}`);
        for (const file of globSync('*.yaml', { cwd: out })) {
          const dryRun = ['--server-side', '--dry-run=server', '--warnings-as-errors'];
          await kubectl('apply', ...dryRun, `--filename=${join(out, file)}`);
        }
      });
    }
  },
);
