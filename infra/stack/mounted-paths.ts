import { posix } from 'node:path';
import { valueAt } from '../fields/rules.ts';

/** Returns the values of a map of mounts, of any type. */
function valuesOf(service: object, key: 'volumes' | 'bindMounts'): unknown[] {
  const mounts = valueAt(service, key);
  return typeof mounts === 'object' && mounts !== null ? Object.values(mounts) : [];
}

/** Whether a service has a volume in `volumes` that it does not share. */
export function hasSizedVolume(service: object): boolean {
  return valuesOf(service, 'volumes').some((volume) => valueAt(volume, 'size') !== undefined);
}

/** Returns the mount paths of all folders of a service, without invalid ones. */
export function foldersOf(service: object): string[] {
  return [...storageFoldersOf(service), ...bindPathsOf(service)];
}

/** Returns the folders of `tmpfs`, `volume` and `volumes` of a service, without invalid ones. */
export function storageFoldersOf(service: object): string[] {
  return [...pathsIn(valueAt(service, 'tmpfs')), ...volumePathsOf(service)];
}

/** Returns the mount paths of the bind mounts of a service, without invalid ones. */
export function bindPathsOf(service: object): string[] {
  return pathsIn(valuesOf(service, 'bindMounts'));
}

/** Returns the folders of the volumes of a service, without invalid ones. */
export function volumePathsOf(service: object): string[] {
  return pathsIn([valueAt(service, 'volume'), ...valuesOf(service, 'volumes')]);
}

/** Whether each path occurs only once in a list. */
export function areUnique(paths: string[]): boolean {
  return new Set(paths).size === paths.length;
}

/** Returns the paths of a list of mounts, without invalid ones. */
export function pathsIn(mounts: unknown): string[] {
  const paths = (Array.isArray(mounts) ? (mounts as unknown[]) : []).map((mount) => valueAt(mount, 'path'));
  return paths.filter((path) => typeof path === 'string').map((path) => posix.resolve(path));
}
