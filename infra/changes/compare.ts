import { gatewayArtifact } from '../artifacts/programs.ts';
import { causesOf, environmentName, exists } from './causes.ts';
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
  /** Whether no record says what runs: `before` is then the later side. */
  unrecorded?: boolean;
}

/** What a comparison of two sides knows of a preview. */
export type Compared = Pick<Preview, 'services' | 'same' | 'network' | 'risks' | 'graph'>;

/** Explains the changes of resources, by service, with the difference of two snapshots. */
export function compare({ resources, stores, handover, unrecorded, ...sides }: Comparison): Compared {
  const network = networkChanges(sides);
  const changed = Map.groupBy(resources, ({ service }) => service ?? environmentName);
  const levels = levelsOf(startsAfter(sides.after ?? sides.before), [...changed.keys()]);
  const services = [...changed].map(([service, own]) => {
    const drift = own.flatMap((resource) => resource.drift ?? []);
    const causes = causesOf(sides, { service, resources: own, drift, network });
    const isKnown = !unrecorded && [sides.before, sides.after].some((side) => exists(side, service));
    return describe(sides, {
      service,
      change: changeOf(causes, own, stores, isKnown),
      resources: own.map(bare),
      causes,
      handover: movesTarget(sides, own) ? 'unknown' : handover(own),
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

/** Whether the resources of a service on one target are replaced by those on another one. */
function movesTarget({ before, after }: Sides, resources: readonly ResourceChange[]): boolean {
  const some = (one: ResourceChange['operation']) => resources.some(({ operation }) => operation === one);
  return before?.target !== after?.target && some('create') && some('delete');
}

interface Explained {
  service: string;
  change: ServiceChange['change'];
  resources: ResourceChange[];
  causes: Cause[];
  handover: Handover | undefined;
  order: number;
}

function describe(
  sides: Sides,
  { service, change, resources, causes, handover, order }: Explained,
): ServiceChange {
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

/** @param isKnown whether a side has the service: it is then new or removed only if the sides say so */
function changeOf(
  causes: readonly Cause[],
  resources: readonly ResourceChange[],
  stores: Stores,
  isKnown: boolean,
): ServiceChange['change'] {
  const existence = causes.find((cause) => cause.kind === 'service');
  if (existence !== undefined) return existence.change === 'added' ? 'new' : 'removed';
  const all = (operation: string) =>
    !isKnown && resources.every((resource) => resource.operation === operation);
  if (all('create')) return 'new';
  if (all('delete')) return 'removed';
  // Other resources are replaced in every rollout: containers and one-off jobs.
  const replaced = resources.some(({ type, operation }) => type in stores && operation === 'replace');
  return replaced ? 'replaced' : 'changed';
}
