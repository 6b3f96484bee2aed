import { globSync } from 'node:fs';
import { eventually } from '../../tools/testing/eventually.ts';
import { kubectl, tryKubectl } from './cluster.ts';
import { patience } from './system.ts';

/** Adds definitions of resources to the cluster. Returns a function that deletes those that the cluster did not have. */
export async function addDefinitions(files: string): Promise<() => Promise<void>> {
  const added: string[] = [];
  for (const path of globSync(files).filter((path) => !path.includes('kustomization'))) {
    const found = await kubectl('get', '--ignore-not-found', '--output=name', `--filename=${path}`);
    if (found.trim() === '') added.push(`--filename=${path}`);
    await kubectl('apply', '--server-side', '--force-conflicts', `--filename=${path}`);
    // Until the definition has any condition, kubectl fails at once.
    const established = ['wait', '--for=condition=Established', '--timeout=10s', `--filename=${path}`];
    await eventually(async () => (await tryKubectl(...established)).code === 0, patience * 1000);
  }
  return async () => {
    if (added.length > 0) await kubectl('delete', '--ignore-not-found', ...added);
  };
}
