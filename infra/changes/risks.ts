import { pathOfData } from '../stack/volumes.ts';
import type { Target } from '../targets/shared/target.ts';
import type { Cause, NetworkChange, ResourceChange, Risk } from './model.ts';
import { environmentName } from './causes.ts';
import { declaredDifferences } from './declared-differences.ts';
import { exposureRisks } from './exposure-risks.ts';
import { resourceName } from './resource-name.ts';
import { declaredIn, differences, placeOf, type Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

/** The types of a target's resources that hold data, by Pulumi's type token. */
export type Stores = Target['stores'];

type Fate = Stores[string];

/** What a change of the resources of one service can touch. */
interface Touched {
  service: string;
  causes: readonly Cause[];
  resources: readonly ResourceChange[];
}

/** Returns everything that touches data, protection or exposure, in this order. */
export function risksOf(
  sides: Sides,
  services: readonly Touched[],
  network: readonly NetworkChange[],
  stores: Stores,
): Risk[] {
  return [
    ...(isMoved(sides) ? movedRisks(sides) : dataRisks(sides, stores)),
    ...services.flatMap((touched) => resourceRisks(touched, stores)),
    ...services.flatMap((touched) => emptyRisks(sides, touched, stores)),
    ...services.flatMap((touched) => unrecordedRisks(sides, touched, stores)),
    ...policyRisks(sides),
    ...exposureRisks(sides, network),
  ];
}

/** Whether the environment changes to another target, which has other resources for the same services. */
function isMoved({ before, after }: Sides): boolean {
  return before !== undefined && after !== undefined && before.target !== after.target;
}

/** Returns everything that holds data on the former target. No target reads the data of another one. */
function movedRisks(sides: Sides): Risk[] {
  const [before, after] = [storesOf(sides.before), storesOf(sides.after)];
  const targets = [sides.before, sides.after].map((side) => side?.target ?? '');
  return Object.entries(before).map(([id, store]): Risk => {
    const removed = after[id] === undefined;
    const place = placeOf(sides, pathOfData(id), removed);
    const service = ownerOf(id);
    const text = removed
      ? `The data of \`${id}\` (${store}) on the target ${targets[0]} is removed from the system.`
      : `\`${id}\` (${store}) begins empty on the target ${targets[1]}: its data on the target ${targets[0]} are not moved.`;
    return { kind: 'data', service, text, ...(place && { place }) };
  });
}

/** Returns the data that a service leaves behind although it stays: under another identity, it gets a volume of its own. */
function emptyRisks(sides: Sides, { service, resources }: Touched, stores: Stores): Risk[] {
  if (isMoved(sides)) return [];
  const [before, after] = [storesOf(sides.before)[service], storesOf(sides.after)[service]];
  if (before === undefined || after === undefined) return [];
  return resources.flatMap((resource): Risk[] => {
    if (resource.operation !== 'delete' || (stores[resource.type] ?? 'lost') === 'lost') return [];
    const text = `\`${service}\` begins empty: the update removes ${resourceName(resource)} from the system, with its data.`;
    return [{ kind: 'data', service, text }];
  });
}

/** Returns the data servers and volumes that the stack file removes, and the servers that read their data with another version. */
function dataRisks(sides: Sides, stores: Stores): Risk[] {
  const [before, after] = [storesOf(sides.before), storesOf(sides.after)];
  return differences(before, after).flatMap(({ key: id, ...versions }): Risk[] => {
    if (versions.before === undefined) return [];
    const removed = versions.after === undefined;
    const field = versions.before === 'volume' ? 'volume' : 'version';
    const path = [...pathOfData(id), ...(removed ? [] : [field])];
    const service = ownerOf(id);
    const place = placeOf(sides, path, removed);
    const text = removed
      ? `The data of \`${id}\` (${versions.before}) is removed from the system. ${fateText(Object.values(stores))}`
      : `${versions.after} opens the data of \`${id}\` (${versions.before}). ${versions.before} may not be able to read it afterwards.`;
    return [{ kind: 'data', service, text, ...(place && { place }) }];
  });
}

/** Returns what holds data, by service (`postgres 17`, `volume`) or by the `id` of a volume in `volumes`. */
function storesOf(side: Snapshot | undefined): Record<string, string> {
  const { services = {}, declared = {} } = side ?? {};
  const ofServices = Object.entries(services).flatMap(([name, { form }]): [string, string][] => {
    const of = (field: string) => declaredIn(side, name, field);
    if (form === 'data') return [[name, `${of('kind')} ${of('version')}`]];
    return of('volume.path') === undefined ? [] : [[name, 'volume']];
  });
  const further = Object.keys(declared).flatMap((path): [string, string][] => {
    const [, service = 'shared', name] = /^(?:services\.([^.]+)\.)?volumes\.([^.]+)\.size$/.exec(path) ?? [];
    return name === undefined ? [] : [[`${service}.${name}`, 'volume']];
  });
  return Object.fromEntries([...ofServices, ...further]);
}

/** Returns the service that data belong to; that of the environment for a volume that services share. */
function ownerOf(id: string): string {
  const [owner = ''] = id.split('.');
  return owner === 'shared' ? environmentName : owner;
}

function fateText(fates: readonly Fate[]): string {
  if (fates.includes('lost')) return 'It is deleted.';
  if (fates.includes('protected'))
    return 'It is protected: the update fails until you remove the protection.';
  return 'It is kept until `down --data`.';
}

function resourceRisks({ service, resources }: Touched, stores: Stores): Risk[] {
  return resources.flatMap(({ type, name, operation, unprotected }): Risk[] => {
    const fate = stores[type];
    const what = resourceName({ type, name });
    return [
      ...(fate === 'lost' && ['delete', 'replace'].includes(operation)
        ? [{ kind: 'data' as const, service, text: `The ${operation} of ${what} deletes its data.` }]
        : []),
      ...(fate === 'protected' && operation === 'replace'
        ? [
            {
              kind: 'data' as const,
              service,
              text: `${what} holds data and is protected, so the update cannot replace it.`,
            },
          ]
        : []),
      ...(unprotected
        ? [{ kind: 'protection' as const, service, text: `${what} loses its protection against deletion.` }]
        : []),
    ];
  });
}

/** Returns the data of services that are in the state, but neither in the record of the last update nor in the stack file. */
function unrecordedRisks({ before, after }: Sides, { service, resources }: Touched, stores: Stores): Risk[] {
  if (before?.services[service] ?? after?.services[service]) return [];
  return resources.flatMap((resource): Risk[] => {
    const fate = stores[resource.type];
    if (fate === undefined || fate === 'lost' || resource.operation !== 'delete') return [];
    const text = `${resourceName(resource)} holds data and is removed from the system. ${fateText([fate])}`;
    return [{ kind: 'data', service, text }];
  });
}

/** Returns the rules that no longer hold for the environment, or that a waiver leaves out. */
function policyRisks(sides: Sides): Risk[] {
  if (sides.before === undefined || sides.after === undefined) return [];
  return declaredDifferences(sides, 'policy.').map(({ key, before, after }): Risk => {
    const place = placeOf(sides, key.split('.'), after === undefined);
    const values = key === 'policy.waivers' ? '' : ` from ${before ?? 'not set'} to ${after ?? 'not set'}`;
    const text = `The policy of the environment changes: \`${key}\`${values}.`;
    return { kind: 'protection', service: environmentName, text, ...(place && { place }) };
  });
}
