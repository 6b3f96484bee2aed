import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { KubernetesObject } from '../../infra/targets/kubernetes/manifests.ts';
import { kubectl } from './cluster.ts';
import { patience } from './system.ts';

/** Folder of CustomResourceDefinitions, `<project>/<group>_<kind>.yaml`, for a cluster that does not have them. */
const definitions = process.env.RAILHEAD_CRDS;

/** Applies available definitions of the objects in a folder that the API server does not know. Returns their files. */
export async function lendDefinitions(folder: string): Promise<string[]> {
  if (definitions === undefined) return [];
  const groups = await unknownGroups(folder);
  const files = groups.flatMap((group) => globSync(`*/${group}_*.yaml`, { cwd: definitions }));
  const paths = files.map((file) => join(definitions, file));
  for (const path of paths) {
    await kubectl('apply', '--server-side', `--filename=${path}`);
    await kubectl('wait', '--for=condition=Established', `--timeout=${patience}s`, `--filename=${path}`);
  }
  return paths;
}

/** Removes the objects that the API server does not know from the files of a folder. Returns their API groups. */
export async function leaveOutUnknown(folder: string): Promise<string[]> {
  const unknown = await unknownGroups(folder);
  for (const file of globSync('*.yaml', { cwd: folder })) {
    const objects = readObjects(join(folder, file));
    const kept = objects.filter(({ apiVersion }) => !unknown.includes(groupOf(apiVersion)));
    if (kept.length === objects.length) continue;
    writeFileSync(join(folder, file), kept.map((object) => stringify(object)).join('---\n'));
  }
  return unknown;
}

export function readObjects(file: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as KubernetesObject);
}

async function unknownGroups(folder: string): Promise<string[]> {
  const known = new Set((await kubectl('api-versions')).split('\n'));
  const objects = globSync('*.yaml', { cwd: folder }).flatMap((file) => readObjects(join(folder, file)));
  const unknown = objects.map(({ apiVersion }) => apiVersion).filter((version) => !known.has(version));
  return [...new Set(unknown.map(groupOf))];
}

function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0] ?? '';
}
