import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseAllDocuments, stringify } from 'yaml';
import type { KubernetesObject } from '../../infra/delivery/render/kubernetes.ts';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { eventually } from '../eventually.ts';
import { kubectl, lacksCluster } from './cluster.ts';
import { createRota, patience, type ClusterRota } from './system.ts';

const skip = (await lacksEngine()) ?? (await lacksCluster()) ?? false;

/** Has a folder for each project with its CustomResourceDefinitions, `<group>_<kind>.yaml`, to lend to a cluster without. */
const definitions = process.env.RAILHEAD_CRDS;

describe('the API server takes every rendered file, under restricted and without a warning', { skip }, () => {
  let rota: ClusterRota;
  const lent: string[] = [];

  before(async () => {
    rota = await createRota();
  });
  after(async () => {
    await rota.close();
    for (const file of lent) await kubectl('delete', '--wait=false', `--filename=${file}`);
  });

  for (const observability of [false, true]) {
    test(`production${observability ? ' with observability' : ''}`, async (t) => {
      rota.system.write('stacks/test.yaml', { extends: 'rota.prod.yaml', observability });
      const out = await rota.render();
      await kubectl('apply', '--server-side', `--filename=${join(out, '00-namespace.yaml')}`);
      await eventually(() => kubectl('get', 'serviceaccount', 'default', rota.inNamespace), patience * 1000);
      for (const group of await unknownGroups(out)) lent.push(...(await lendDefinitions(group)));
      const unknown = await unknownGroups(out);
      if (unknown.length > 0)
        t.diagnostic(`not checked, as the cluster does not know it: ${unknown.join(', ')}`);
      for (const file of globSync('*.yaml', { cwd: out })) {
        leaveOut(join(out, file), unknown);
        const dryRun = ['--server-side', '--dry-run=server', '--warnings-as-errors'];
        await kubectl('apply', ...dryRun, `--filename=${join(out, file)}`);
      }
    });
  }
});

/** Groups of the objects in a folder that the API server has never heard of. */
async function unknownGroups(folder: string): Promise<string[]> {
  const known = new Set((await kubectl('api-versions')).split('\n'));
  const versions = globSync('*.yaml', { cwd: folder })
    .flatMap((file) => readObjects(join(folder, file)))
    .map(({ apiVersion }) => apiVersion);
  return [...new Set(versions)].filter((version) => !known.has(version)).map((version) => groupOf(version));
}

async function lendDefinitions(group: string): Promise<string[]> {
  if (definitions === undefined) return [];
  const files = globSync(`*/${group}_*.yaml`, { cwd: definitions }).map((file) => join(definitions, file));
  for (const file of files) {
    await kubectl('apply', '--server-side', `--filename=${file}`);
    await kubectl('wait', '--for=condition=Established', `--timeout=${patience}s`, `--filename=${file}`);
  }
  return files;
}

function leaveOut(file: string, groups: string[]): void {
  const objects = readObjects(file);
  const kept = objects.filter(({ apiVersion }) => !groups.includes(groupOf(apiVersion)));
  if (kept.length < objects.length)
    writeFileSync(file, kept.map((object) => stringify(object)).join('---\n'));
}

function readObjects(file: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as KubernetesObject);
}

function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0] ?? '';
}
