import { isDataType, serverImage } from '../data/index.ts';
import type { ServiceChange } from './model.ts';
import { declaredIn, differences } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

type Size = ServiceChange['size'];

/** Returns what of a service's size differs between two snapshots. An external server has no size of its own. */
export function sizeOf(service: string, before: Snapshot | undefined, after: Snapshot | undefined): Size {
  const found = differences(textsOf(service, before), textsOf(service, after));
  return Object.fromEntries(found.map(({ key, ...pair }) => [key, pair]));
}

function textsOf(service: string, snapshot: Snapshot | undefined): Record<string, string> {
  const node = snapshot?.services[service];
  if (snapshot === undefined || node === undefined || node.form === 'external') return {};
  const declared = (path: string) => declaredIn(snapshot, service, path);
  const texts: { [part in keyof Size]: string | undefined } = {
    replicas: range(declared('replicas.min'), declared('replicas.max')),
    cpu: amount(declared('resources.cpu'), declared('resources.requests.cpu')),
    memory: amount(declared('resources.memory'), declared('resources.requests.memory')),
    storage: declared('storage') ?? volumesOf(snapshot, service),
    image: declared('image') ?? dataImage(snapshot, declared('kind'), declared('version')),
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([part, text]) => (text === undefined ? [] : [[part, text]])),
  );
}

/** Returns the sizes of the volumes that a service has for itself: `1Gi + 5Gi`. */
function volumesOf(snapshot: Snapshot, service: string): string | undefined {
  const sizes = volumeSizes(snapshot, service);
  return sizes.length === 0 ? undefined : sizes.join(' + ');
}

/** The sizes by service of each snapshot. A comparison asks for those of every service, and reads a snapshot only once. */
const found = new WeakMap<Snapshot, ReadonlyMap<string, string[]>>();

/** Returns the size of each volume that a service has for itself. */
export function volumeSizes(side: Snapshot, service: string): string[] {
  const sizes = found.get(side) ?? sizesByService(side);
  found.set(side, sizes);
  return sizes.get(service) ?? [];
}

function sizesByService({ declared }: Snapshot): Map<string, string[]> {
  const sizes = new Map<string, string[]>();
  for (const [path, text] of Object.entries(declared)) {
    const service = /^services\.([^.]+)\.(?:volume|volumes\.[^.]+)\.size$/.exec(path)?.[1];
    if (service !== undefined) sizes.set(service, [...(sizes.get(service) ?? []), text]);
  }
  return sizes;
}

function range(min: string | undefined, max: string | undefined): string | undefined {
  return min === max ? min : `${min}–${max}`;
}

function amount(limit: string | undefined, reserved: string | undefined): string | undefined {
  if (reserved === undefined || reserved === limit) return limit;
  return limit === undefined ? `${reserved} reserved` : `${limit} (${reserved} reserved)`;
}

function dataImage({ declared }: Snapshot, kind = '', version = ''): string | undefined {
  return isDataType(kind)
    ? serverImage({ [kind]: declared[`images.${kind}`] }, { kind, version })
    : undefined;
}
