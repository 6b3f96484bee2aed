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

/** Returns the folders that a service mounts, without invalid ones. */
export function foldersOf(service: object): string[] {
  return [...writableFoldersOf(service), ...bindPathsOf(service)];
}

/** Returns the folders that a service mounts and that are not of the repository. */
export function writableFoldersOf(service: object): string[] {
  return [...pathsIn(valueAt(service, 'tmpfs')), ...volumePathsOf(service)];
}

/** Returns the paths of the folders of the repository that a service mounts, without invalid ones. */
export function bindPathsOf(service: object): string[] {
  return pathsIn(valuesOf(service, 'bindMounts'));
}

/** Returns the folders of the volumes of a service, without invalid ones. */
export function volumePathsOf(service: object): string[] {
  return pathsIn([valueAt(service, 'volume'), ...valuesOf(service, 'volumes')]);
}

/** Whether no path is twice in a list. */
export function areUnique(paths: string[]): boolean {
  return new Set(paths).size === paths.length;
}

/** Returns the paths of a list of mounts, without invalid ones. */
export function pathsIn(mounts: unknown): string[] {
  const paths = (Array.isArray(mounts) ? (mounts as unknown[]) : []).map((mount) => valueAt(mount, 'path'));
  return paths.filter((path) => typeof path === 'string').map((path) => posix.resolve(path));
}
