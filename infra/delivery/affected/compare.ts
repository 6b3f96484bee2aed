import { isDeepStrictEqual } from 'node:util';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { ComponentChange } from '../../changes/compare.ts';
import type { Snapshot } from '../../changes/snapshot.ts';
import type { Evaluated } from '../commits/evaluate.ts';
import type { Change } from './document.ts';

interface Named {
  name: string;
  /** Absent if the service is not built from source. */
  source: { source: string } | undefined;
}

/** Returns the services of an environment, and its gateway. */
export function servicesOf({ context: { graph } }: Evaluated): Named[] {
  const services = graph.services.map(({ name, config }) => ({
    name,
    source: config.kind === 'source' ? { source: config.source } : undefined,
  }));
  return [...services, ...(graph.gateway ? [{ name: gatewayArtifact, source: undefined }] : [])];
}

/** Returns what differs of a service; empty if nothing does. */
export function changesOf(
  before: Evaluated | undefined,
  now: Evaluated,
  name: string,
  resources: readonly ComponentChange[],
): Change[] {
  if (before === undefined || servicesOf(before).every((service) => service.name !== name)) return ['new'];
  const [old, later] = [before.snapshot, now.snapshot];
  const hashIn = ({ services }: Snapshot) => services[name]?.artifact?.hash;
  const isBuilt = hashIn(old) !== hashIn(later);
  const isDeployed = resources.some(({ service }) => service === name);
  // Another artifact changes resources too.
  const isConfigured =
    (isDeployed && !isBuilt) || !isDeepStrictEqual(configurationIn(old, name), configurationIn(later, name));
  return [...(isBuilt ? (['artifact'] as const) : []), ...(isConfigured ? (['configuration'] as const) : [])];
}

/** Returns everything that a snapshot has of a service, except for its artifact. */
function configurationIn({ services, declared, programs }: Snapshot, name: string): unknown {
  const path = name === gatewayArtifact ? `${name}.` : `services.${name}.`;
  const { dependsOn, variables, form } = services[name] ?? {};
  return {
    form,
    dependsOn,
    variables: variables && Object.entries(variables).map(([variable, { value }]) => [variable, value]),
    declared: Object.entries(declared).filter(([key]) => key.startsWith(path)),
    program: programs[name],
  };
}

/** Returns the services that are the same and connect to a changed one, directly or through others. */
export function dependentsOf(
  now: Evaluated,
  changed: ReadonlyMap<string, unknown>,
): (Named & { references: string[] })[] {
  const reached = new Set(changed.keys());
  const found: (Named & { references: string[] })[] = [];
  // The services of a graph are in start order, and the gateway comes last.
  for (const service of servicesOf(now)) {
    const references = startsAfter(now, service.name).filter((other) => reached.has(other));
    if (references.length === 0) continue;
    reached.add(service.name);
    if (!changed.has(service.name)) found.push({ ...service, references });
  }
  return found;
}

function startsAfter({ context: { graph } }: Evaluated, name: string): string[] {
  if (name === gatewayArtifact) return [...new Set(graph.gateway?.routes.map(({ to }) => to))];
  return graph.services.find((service) => service.name === name)?.dependsOn ?? [];
}
