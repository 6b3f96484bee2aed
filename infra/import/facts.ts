import type { Place, Tree } from '../stack/tree.ts';

/** A value and where it was read. */
export interface Fact<T> {
  value: T;
  from: Tree;
}

/** An item of a list, and where it was read. */
export type Part<T> = T & { from: Tree };

/** A volume besides the one at `volumePath`. */
interface FurtherVolume {
  path: string;
  /** The name of the volume; undefined if it has none. */
  name: string | undefined;
  size: string | undefined;
  readOnly: boolean;
}

/** What the formats say about a service, in one vocabulary. Durations are in seconds. */
export interface Vocabulary {
  image: string;
  /** Folder with the code, relative to the imported folder. */
  folder: string;
  /** Relative to `buildContext`. */
  dockerfile: string;
  /** Folder that a build can copy from, relative to the imported folder. Absent: `folder`. */
  buildContext: string;
  buildTarget: string;
  /** As in the stack file: `python@3.12`. */
  runtime: string;
  build: string;
  start: string;
  /** The folder with the files of a static site, relative to `folder`. */
  siteOutput: string;
  /** Where it is said that index.html answers all paths of a static site. */
  siteApp: string;
  /** Of an image, in the words of Compose: neither replaces the other. */
  entrypoint: string | string[];
  command: string | string[];
  preDeploy: string[];
  port: number;
  /** `published`: the port at which clients outside of the system reach it. */
  morePorts: Part<{ port: number; name: string | undefined; published?: number | undefined }>[];
  replicas: number;
  minReplicas: number;
  maxReplicas: number;
  cpuTarget: number;
  memoryTarget: number;
  cpu: string;
  memory: string;
  reservedCpu: string;
  reservedMemory: string;
  healthPath: string;
  healthTimeout: number;
  healthCommand: string | string[];
  cron: string;
  restart: 'on-failure' | 'always' | 'never';
  retries: number;
  drain: number;
  volumePath: string;
  volumeSize: string;
  moreVolumes: Part<FurtherVolume>[];
  /** Folders of the imported folder that are mounted. `source` is relative to it, `path` that in the container. */
  bindMounts: Part<{ source: string; path: string; readOnly: boolean }>[];
  /** Files and folders that only the machine of the platform has. `path` is that in the container. */
  mountedFiles: Part<{ source: string; path: string; readOnly: boolean }>[];
  user: string;
  readOnly: string;
  tmpfs: Part<{ path: string; size: string | undefined }>[];
  stopSignal: string;
  shmSize: string;
  ulimits: Part<{ name: string; soft: number; hard: number }>[];
  capabilities: Part<{ name: string }>[];
  gpu: number;
  annotations: Part<{ name: string; value: string }>[];
  /** The hosts at which it is public. */
  domain: string[];
  /** Path of the metrics, on the port of the service. */
  metrics: string;
  sleep: string;
}

/** Names of the facts whose values have a type. */
export type NamesOf<T> = {
  [Name in keyof Vocabulary]: Vocabulary[Name] extends T ? Name : never;
}[keyof Vocabulary];

export type Facts = { [Name in keyof Vocabulary]?: Fact<Vocabulary[Name]> };

/** A service as a file describes it. */
export interface ImportedService {
  /** The name in the file, by which other services refer to it. */
  name: string;
  /** Where it is described. */
  from: Tree;
  facts: Facts;
  variables: Map<string, Fact<string>>;
  /** Whether commands build its folder: declared ones, or those of its runtime. */
  isBuilt?: boolean;
  /** Variables that a build receives. */
  buildVariables: Map<string, Fact<string>>;
  /** The port under which it is public, as far as a file names it; undefined if the service is private. */
  published?: Fact<number | undefined> | undefined;
  /** Whether it accepts connections, also on a port that no file names; undefined if no file tells. */
  listens?: boolean;
  /** Where it is said that it listens on a port that it chooses itself, and not on that of the variable PORT. */
  ownPort?: Tree;
  /** The name of the volume at `volumePath`, by which other services can mount it too. */
  volumeName?: string | undefined;
  /** Files that are mounted into it. */
  files: MountedFile[];
  /** Routes of the gateway that lead to it. */
  routes: ImportedRoute[];
  /** The services that start before it. */
  dependsOn: Need[];
  /** Places whose value another place has replaced, with whether it is the same value. */
  replaced: { from: Tree; isSame: boolean }[];
}

/** A mounted file: one of the imported folder, or one with a content of its own. */
export interface MountedFile {
  /** Path in the container. */
  path: string;
  /** Path relative to the imported folder. */
  source?: string;
  /** Text with references. */
  content?: string;
  from: Tree;
}

export interface ImportedRoute {
  host: string | undefined;
  /** As in the stack file: `/api/*`. */
  path: string;
  /** Where it is said that the service does not get the path of the route. */
  stripPrefix: Tree | undefined;
  /** The port of the service; undefined if it has only one. */
  port: number | undefined;
  from: Tree;
}

/** A service that has to start first. */
export interface Need extends Fact<string> {
  /** Whether it has to have ended with success. */
  isOnce: boolean;
}

/** A file that was read. `tree` is undefined if it could not be parsed. */
export interface ImportedFile {
  /** Path relative to the imported folder. */
  file: string;
  tree: Tree | undefined;
}

/** What stopped the reading of a file or of a service. */
export interface Unreadable {
  place: Place;
  message: string;
}

/** What a format's reader returns. */
export interface Imported {
  /** How the report names the format. */
  format: string;
  name?: string | undefined;
  /** Whether the platform chooses the port and passes it as PORT. */
  choosesPort?: boolean;
  files: ImportedFile[];
  services: ImportedService[];
  /** Variables that several services use, by name. */
  shared: Map<string, Fact<string>>;
  /** Secrets that variables refer to, with the values that files have. They are never written. */
  secrets: Map<string, string | undefined>;
  /** Paths of the files with the values of secrets, relative to the imported folder. */
  secretFiles: Map<string, string>;
  /** What differs in an environment: services that have the differences only. */
  environments: Map<string, ImportedService[]>;
  unreadable: Unreadable[];
}

export function emptyService(name: string, from: Tree): ImportedService {
  return {
    name,
    from,
    facts: {},
    variables: new Map(),
    buildVariables: new Map(),
    files: [],
    routes: [],
    dependsOn: [],
    replaced: [],
  };
}

/** Returns what a reader starts with. */
export function emptyImport(format: string): Imported {
  return {
    ...{ format, files: [], services: [], unreadable: [] },
    ...{ shared: new Map(), secrets: new Map(), secretFiles: new Map(), environments: new Map() },
  };
}
