import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { docker, listIds } from './kinds/docker.ts';

const container = z.object({
  type: z.literal('docker:index/container:Container'),
  inputs: z.object({ labels: z.array(z.object({ label: z.string(), value: z.string() })).min(1) }),
});

const network = z.object({
  type: z.literal('docker:index/network:Network'),
  inputs: z.object({ name: z.string().min(1) }),
});

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        resources: z.array(z.object({ id: z.string().optional() })).default([]),
        pending_operations: z.array(z.object({ type: z.string(), resource: z.unknown() })).default([]),
      })
      .nullish(),
  }),
});

/**
 * Removes containers and networks whose creation was interrupted, since their ids are not in the state. Such a
 * container would keep serving next to the next version, or keep its port; such a network would block its name.
 * Removes only what has the labels or the name of an interrupted creation, and an id that is not in the state.
 */
export async function removeInterruptedContainers(file: string): Promise<void> {
  const { latest } = checkpoint.parse(JSON.parse(readFileSync(file, 'utf8'))).checkpoint;
  const known = new Set(latest?.resources.map(({ id }) => id));
  const interrupted = (latest?.pending_operations ?? []).filter(({ type }) => type === 'creating');
  const strangers = async (kind: 'container' | 'network', filters: string[]) => {
    const all = kind === 'container' ? ['--all'] : [];
    const ids = await listIds(kind, ...all, ...filters.flatMap((filter) => ['--filter', filter]));
    return ids.filter((id) => !known.has(id));
  };
  // Containers first: Docker does not remove a network with containers.
  for (const { resource } of interrupted) {
    const { data } = container.safeParse(resource);
    const labels = data?.inputs.labels.map(({ label, value }) => `label=${label}=${value}`) ?? [];
    const ids = labels.length === 0 ? [] : await strangers('container', labels);
    if (ids.length > 0) await docker(['rm', '--force', ...ids]);
  }
  for (const { resource } of interrupted) {
    const { data } = network.safeParse(resource);
    const ids = data === undefined ? [] : await strangers('network', [`name=^${data.inputs.name}$`]);
    if (ids.length > 0) await docker(['network', 'rm', ...ids]);
  }
}
