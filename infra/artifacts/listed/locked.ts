/** Packages, and folders of the repository that a workspace links as packages. */
export interface Locked {
  /** Version and integrity by path: `node_modules/pg`. */
  packages: Map<string, string>;
  folders: Set<string>;
}

export interface Lockfile {
  /** Returns a package with all its dependencies; undefined if the lockfile does not have it. */
  closure(importer: string, name: string): Locked | undefined;
}
