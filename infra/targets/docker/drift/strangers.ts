import * as z from 'zod';
import type { DeployedResource, DriftFinding } from '../../shared/drift.ts';
import { listIds } from '../kinds/docker.ts';
import { endsByItself } from '../planned.ts';
import { readObjects, type LiveContainer } from './live.ts';
import { objects } from '../resources.ts';

const labelled = z.object({ labels: z.array(z.object({ label: z.string(), value: z.string() })) });

/**
 * Returns the containers and networks with the labels of an environment, and the containers in its networks, that are not in its
 * state. A volume can be that of a former service, whose data are kept.
 */
export async function strangersOf(resources: readonly DeployedResource[]): Promise<DriftFinding[]> {
  const filters = environmentLabels(resources).flatMap((label) => ['--filter', `label=${label}`]);
  if (filters.length === 0) return [];
  const known = new Set(resources.map(({ id }) => id));
  const networks = resources
    .filter(({ type }) => type === objects.network.token)
    .flatMap(({ id }) => id ?? []);
  const list = async (kind: 'container' | 'network', ...given: string[]) => {
    const all = kind === 'container' ? ['--all'] : [];
    return (await listIds(kind, ...all, ...given)).filter((id) => !known.has(id));
  };
  const inNetworks = networks.flatMap((id) => ['--filter', `network=${id}`]);
  const ids = [
    ...(await list('container', ...filters)),
    ...(inNetworks.length === 0 ? [] : await list('container', ...inNetworks)),
  ];
  const containers = await readObjects('container', [...new Set(ids)]);
  const others = await readObjects('network', await list('network', ...filters));
  return [
    ...containers.filter((one) => !endsByItself(labelsOf(one)['railhead.role'])).map(strange),
    ...others.map(({ Name }): DriftFinding => ({ kind: 'foreign', resource: `Network ${Name}` })),
  ];
}

/** Whether an object has the labels of Railhead. */
export function isLabelled(inputs: DeployedResource['inputs']): boolean {
  return labelsIn(inputs).some(({ label }) => label === 'railhead.stack');
}

function labelsIn(inputs: DeployedResource['inputs']) {
  return labelled.safeParse(inputs).data?.labels ?? [];
}

/** Returns the labels that all objects of an environment share: `railhead.stack=rota`. */
function environmentLabels(resources: readonly DeployedResource[]): string[] {
  const own = resources.find(({ inputs }) => isLabelled(inputs));
  return labelsIn(own?.inputs ?? {})
    .filter(({ label }) => ['railhead.stack', 'railhead.environment'].includes(label))
    .map(({ label, value }) => `${label}=${value}`);
}

function strange(container: LiveContainer): DriftFinding {
  const networks = Object.keys(container.NetworkSettings.Networks ?? {}).join(', ');
  const own = labelsOf(container)['railhead.service'];
  return {
    kind: 'foreign',
    resource: `Container ${container.Name}`,
    detail: own === undefined ? `it is in ${networks}` : `although it has the labels of ${own}`,
    changed: { at: new Date(container.Created).toISOString() },
  };
}

function labelsOf({ Config }: LiveContainer): Record<string, string> {
  return Config.Labels ?? {};
}
