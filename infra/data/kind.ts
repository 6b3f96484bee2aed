import type * as z from 'zod';
import type { KubernetesSettings } from '../fields/kubernetes.ts';
import type { resources, size } from '../fields/quantities.ts';
import type { DataContainer } from './container.ts';
import type { LocalServers } from './local/server.ts';
import type { Settings } from './settings.ts';

/** A data service of any kind, as the stack file declares it, with defaults. */
export interface DataConfig {
  kind: string;
  /** Major version. */
  version: string;
  /** Replaces the official image of this version. */
  image?: string | undefined;
  storage: z.output<typeof size>;
  port: number;
  resources?: z.output<typeof resources> | undefined;
  kubernetes?: KubernetesSettings | undefined;
  /** The addresses of an external server by field, and its network; absent if the target runs the server. */
  external?: Record<string, string | undefined> | undefined;
  /** How many connections the server accepts. */
  connections?: number | undefined;
  settings?: Settings | undefined;
  /** The buckets of a server for objects. */
  buckets?: string[] | undefined;
  /** Extensions of the database. */
  extensions?: string[] | undefined;
  /** The port of the connection pooler of the server. Absent without a pooler. */
  pooler?: number | undefined;
}

/** One kind of data server. Each kind is one folder and one line in `registry.ts`. */
export interface DataKind {
  /** The product name in messages, and the last part of its resource type on the target `process`. */
  title: string;
  schema: z.ZodType<DataConfig>;
  /** Other values of `type` that users may try, and what to write instead. */
  mistaken?: Record<string, string>;
  /** The official image without its tag, which is the version or its entry in `tags`. */
  image: string;
  tags?: Record<string, string>;
  /** Other images that `import` replaces by this kind. */
  replaces?: readonly string[];
  /** Other images with a server of this kind, which `import` keeps as `image`, by name. */
  kept?: Record<string, KeptImage>;
  /** Whether a newer version of the server reads the data of an older one. */
  readsOlderData: boolean;
  /** The standard port. */
  port: number;
  /** How an address begins: `postgres` in `postgres://…`. */
  scheme: string;
  /** Other spellings of the scheme in the address of an external server. */
  otherSchemes: readonly string[];
  /** The accounts that services use, by login. The first one is that of URL. */
  logins: Record<string, Login>;
  /** The fields of an external server that hold a part of its address; the other fields are URLs. */
  externalFields?: Partial<Record<Part['part'], string>>;
  /** Whether an address ends in the name of a database. */
  hasDatabase: boolean;
  /** The variables that only this kind provides, in addition to those of every server. */
  variables: Record<string, Part>;
  /** What follows the name of the service in the names of its passwords, by login. The first is the administrator's. */
  passwords: Record<string, string>;
  /** How it runs as a container. */
  container: (config: DataConfig, database: string) => DataContainer;
  /** The folder of the image with the right owner, which a new volume of Docker inherits. */
  imageFolder: (version: string) => string;
  /** Dumps of the data. Absent if the kind has none. */
  backup?: Backup;
  /** How it runs as a process of this machine. Loaded on demand: the stack file and previews do not need it. */
  local: () => Promise<{ servers: LocalServers }>;
  /** What `preDeploy` gets in place of a variable: that of the owner of the tables. */
  ownerVariables: Record<string, string>;
  /** What `preDeploy` gets in place of the addresses of a pooler, which keeps no session. Absent if the kind has no pooler. */
  directVariables?: Record<string, string>;
  /** The limit of connections. Absent if a server accepts more than all services open. */
  connections?: ConnectionLimit;
}

export interface KeptImage {
  /** Extensions that the image has besides the server. */
  extensions?: readonly string[];
  /** The version of this kind that all versions of the image replace. Absent: the tag names the version of the server. */
  version?: string;
}

export interface Login {
  user: string;
  /** The output of a server on the target `process` with the password. */
  output: string;
  /** The field of an external server with the address of this login. */
  field: string;
}

/**
 * The part of a server's address that a variable contains. Addresses and passwords are those of a login. `direct`: the address
 * of the server itself, also with a pooler.
 */
export type Part =
  | { part: 'host' | 'port' | 'database' | 'endpoint' | 'bucket' | 'region'; direct?: true }
  | { part: 'url' | 'user' | 'password'; login: string; direct?: true };

/** Where a server is reached. */
export interface ServerAddress {
  host: string;
  port: number;
  database: string;
  /** The address of its pooler. Absent without one. */
  pooler?: { host: string; port: number } | undefined;
}

export interface Backup {
  /** The files of `scriptsFolder` by name: `backup.sh` writes a dump to `dataFolder`, `restore.sh` reads one. */
  scripts: Record<string, string>;
  environment: (address: ServerAddress) => Record<string, string>;
}

export interface ConnectionLimit {
  /** The limit of a server that is started without one. */
  standard: number;
  /** Connections that no service gets: those of administrators, a backup and health checks. */
  keptFree: number;
}
