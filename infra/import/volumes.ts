import { posix } from 'node:path';
import { toUnusedLabel } from '../init/names.ts';
import type { Added } from './added.ts';
import { dataTypeOf } from './data-service.ts';
import type { Draft } from './draft.ts';
import type { Imported, ImportedService } from './facts.ts';
import { sayItem } from './say.ts';
import { placeOnly, type Ledger } from './ledger.ts';

const standardSize = '1Gi';
const ofSize = 'no file says how large the volume is';

/** The names in the stack file of the volumes that several services mount, by their names in the imported files. */
export type SharedVolumes = ReadonlyMap<string, string>;

export function sharedVolumes({ services }: Imported): SharedVolumes {
  const all = services.filter((service) => dataTypeOf(service) === undefined).flatMap(namesOf);
  const shared = new Set(all.filter((name, index) => all.indexOf(name) !== index));
  const taken = new Set<string>();
  return new Map([...shared].map((name) => [name, labelOf(name, taken)]));
}

function namesOf({ volumeName, facts }: ImportedService): string[] {
  const names = [volumeName, ...(facts.moreVolumes?.value ?? []).map(({ name }) => name)];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Writes the volumes of a service. The first one that it does not share is its `volume`, the others are in `volumes`. */
export function writeVolumes(
  draft: Draft,
  owner: string,
  service: ImportedService,
  shared: SharedVolumes,
  ledger: Ledger,
  added: Added[],
): void {
  const addSize = (path: string[], from: Added['from']) => {
    draft.set([...path, 'size'], standardSize);
    added.push({ to: [...path, 'size'].join('.'), why: ofSize, from });
  };
  const { facts } = service;
  const { volumePath, volumeSize } = facts;
  if (volumePath !== undefined && volumeSize === undefined)
    addSize(['services', owner, 'volume'], volumePath.from);
  const taken = new Set(shared.values());
  for (const { name, path, size, readOnly, from } of facts.moreVolumes?.value ?? []) {
    const ofStack = shared.get(name ?? '');
    const isShared = ofStack !== undefined;
    const label = ofStack ?? labelOf(name ?? path, taken);
    const place = ['services', owner, 'volumes', label];
    const isMap = !isShared || readOnly;
    ledger.settle(from, draft.set(isMap ? [...place, 'path'] : place, path, from));
    if (readOnly) draft.set([...place, 'readOnly'], true, from);
    if (!isShared && size !== undefined) draft.set([...place, 'size'], size, from);
    else if (!isShared) addSize(place, placeOnly(from));
    else if (draft.get('volumes', label, 'size') === undefined) addSize(['volumes', label], placeOnly(from));
  }
}

/** Moves the volume of a service to `moreVolumes` if other services mount it too. */
export function shareVolume(service: ImportedService, shared: SharedVolumes): void {
  const { facts, volumeName: name } = service;
  const { volumePath } = facts;
  if (volumePath === undefined || name === undefined || !shared.has(name)) return;
  const { value: path, from } = volumePath;
  sayItem(service, 'moreVolumes', { name, path, size: undefined, readOnly: false, from });
  delete facts.volumePath;
}

/** Returns the name of a volume in the stack file, after the last part of a path, and adds it to `taken`. */
function labelOf(text: string, taken: Set<string>): string {
  return toUnusedLabel(posix.basename(text), taken, 20);
}
