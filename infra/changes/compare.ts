import { gatewayArtifact } from '../artifacts/programs.ts';
import { causesOf, environmentName } from './causes.ts';
import { coverDocument } from './cover-document.ts';
import type { Handover, Target } from '../targets/shared/target.ts';
import { migrationChanges } from './migrations.ts';
import type { Cause, Preview, ResourceChange, ServiceChange } from './model.ts';
import { graphOf } from './graph.ts';
import { networkChanges, routedServices } from './network.ts';
import { risksOf, type Stores } from './risks.ts';
import { inOrder, levelsOf, rolloutOf } from './rollout.ts';
import { placeOf, type Sides } from './sides.ts';
import { sizeOf } from './size.ts';
import type { Snapshot } from './snapshot.ts';
import { valueChanges } from './values.ts';

/** A changed resource with the component that it belongs to. */
export interface ComponentChange extends ResourceChange {
  /** A service or `gateway`; undefined for what belongs to the whole environment. */
  service: string | undefined;
  /** Why the resource changes, if not because of the files: the running resource has drifted from the last update. */
  drift?: Cause;
}

/** What a comparison needs: both sides, and what really changes. */
export interface Comparison extends Sides {
  /** What really changes, according to the engine or to the recorded resources of both sides. */
  resources: readonly ComponentChange[];
  /** The types of the target's resources that hold data. */
  stores: Stores;
  /** How changes of the target's resources replace running replicas. */
  handover: Target['handover'];
}

/** What a comparison of two sides knows of a preview. */
export type Compared = Pick<Preview, 'services' | 'same' | 'network' | 'risks' | 'graph'>;

/** Explains the changes of resources, by service, with the difference of two snapshots. */
export function compare({ resources, stores, handover, ...sides }: Comparison): Compared {
  const network = networkChanges(sides);
  const changed = Map.groupBy(resources, ({ service }) => service ?? environmentName);
  const levels = levelsOf(startsAfter(sides.after ?? sides.before), [...changed.keys()]);
  const services = [...changed].map(([service, own]) => {
    const drift = own.flatMap((resource) => resource.drift ?? []);
    const causes = causesOf(sides, { service, resources: own, drift, network });
    return describe(sides, stores, {
      service,
      resources: own.map(bare),
      causes,
      handover: handover(own),
      order: levels.get(service) ?? 1,
    });
  });
  return coverDocument(sides, {
    services: inOrder(services),
    same: Object.keys(sides.after?.services ?? {}).filter((name) => !changed.has(name)).length,
    network,
    risks: risksOf(sides, services, network, stores),
    graph: graphOf(sides, services),
  });
}

function bare({ type, name, operation, paths, unprotected }: ComponentChange): ResourceChange {
  return { type, name, operation, paths, ...(unprotected && { unprotected }) };
}

/** Returns what each service, and the gateway, starts after. */
function startsAfter(side: Snapshot | undefined): Record<string, readonly string[]> {
  if (side === undefined) return {};
  const services = Object.entries(side.services).map(([name, { dependsOn }]) => [name, dependsOn] as const);
  return { ...Object.fromEntries(services), [gatewayArtifact]: routedServices(side) };
}

interface Explained {
  service: string;
  resources: ResourceChange[];
  causes: Cause[];
  handover: Handover | undefined;
  order: number;
}

function describe(
  sides: Sides,
  stores: Stores,
  { service, resources, causes, handover, order }: Explained,
): ServiceChange {
  const change = changeOf(causes, resources, stores);
  const migrations = migrationChanges(sides, service);
  const isNew = change === 'new';
  const rollout = rolloutOf(sides, service, {
    order,
    isNew,
    handover,
    preDeploy: migrations?.command ?? [],
  });
  const path = service === gatewayArtifact ? [gatewayArtifact] : ['services', service];
  const place =
    service === environmentName ? placeOfCause(causes) : placeOf(sides, path, change === 'removed');
  return {
    service,
    change,
    ...(place && { place }),
    causes,
    values: valueChanges(sides, service),
    size: sizeOf(service, sides.before, sides.after),
    ...(migrations && { migrations }),
    ...(rollout && { rollout }),
    resources,
  };
}

/** What belongs to no service has no place of its own in the stack file. */
function placeOfCause(causes: readonly Cause[]): ServiceChange['place'] {
  return causes.flatMap((cause) => ('place' in cause && cause.place) || []).at(0);
}

function changeOf(causes: Cause[], resources: ResourceChange[], stores: Stores): ServiceChange['change'] {
  const existence = causes.find((cause) => cause.kind === 'service');
  if (existence !== undefined) return existence.change === 'added' ? 'new' : 'removed';
  const all = (operation: string) => resources.every((resource) => resource.operation === operation);
  if (all('create')) return 'new';
  if (all('delete')) return 'removed';
  // Other resources are replaced in every rollout: containers and one-off jobs.
  const replaced = resources.some(({ type, operation }) => type in stores && operation === 'replace');
  return replaced ? 'replaced' : 'changed';
}
