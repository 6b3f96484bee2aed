import type { Problem } from '../stack/problem.ts';
import type { DataService } from '../data/index.ts';
import type { CodeService, Stack } from '../stack/schema.ts';

/** A reference to a value that the target determines: `postgres.DATABASE_URL`, `api.URL`, `worker.IDENTITY_KEY`. */
export interface ProvidedReference {
  kind: 'provided';
  /** A service, or `gateway`. */
  service: string;
  name: string;
}

/** A Pulumi config secret: `pulumi config set --secret railhead:NAME value`. */
export interface SecretReference {
  kind: 'secret';
  name: string;
}

/** A value that the user's Pulumi program passes: `deploy({ values: { NAME: bucket.id } })`. */
export interface ProgramReference {
  kind: 'pulumi';
  name: string;
}

/** A reference that only a deployment can fill in. */
export type Reference = ProvidedReference | SecretReference | ProgramReference;

/**
 * A string with references. Chains of variables are already inlined, so the remaining references are known only at
 * deploy time. Filling them in is a single join, whose result is not parsed again.
 */
export type Template = (string | Reference)[];

/** A service of the graph. `form` tells what a target does with it. `config` is what the stack file declares, with defaults. */
export type GraphService = CodeNode | DataNode | ExternalNode;

interface Node {
  name: string;
  /** Services to which it opens connections, sorted by name. They must be ready first. */
  dependsOn: string[];
  /** All services that must be ready or have completed first, sorted by name: also those that the stack file names for the order. */
  waitsFor: string[];
  /** Names of this service's provided variables that templates use, sorted. Targets create only these. */
  provides: string[];
}

/** A service that runs code. */
export interface CodeNode extends Node {
  form: 'code';
  config: CodeService;
  /** Environment of the service: the declared variables and Railway's names. */
  variables: Record<string, Template>;
  /** Variables of `preDeploy` that override or extend `variables`: the database owner's, and those that it declares. */
  preDeployVariables: Record<string, Template>;
  /** The files that are mounted into each replica. */
  files: MountedFile[];
  /** The values of `buildVariables`. Absent if there are none. */
  buildValues?: Readonly<Record<string, string>>;
}

/** A file of a container. */
export interface MountedFile {
  /** Its absolute path there. */
  path: string;
  content: Template;
}

/** A data server that the target runs. */
export interface DataNode extends Node {
  form: 'data';
  config: DataService;
}

/** A data server outside the system. */
export interface ExternalNode extends Node {
  form: 'external';
  config: DataService;
  /** Its addresses by field: `url`, `readonlyUrl`, `ownerUrl`. */
  addresses: Record<string, Template>;
}

/** `from` may open connections to `to`, and starts after it. */
export interface Edge {
  from: string;
  to: string;
  /** The ports of `to` that `from` may connect to, sorted. Absent if `to` has no named ports: then its port. */
  ports?: number[];
}

/** Services in start order (dependencies first, ties by name). */
export interface ServiceGraph {
  name: string;
  environment: string;
  services: GraphService[];
  edges: Edge[];
  /** The volumes that services share. */
  volumes: Stack['volumes'];
  gateway: Stack['gateway'];
  images: Stack['images'];
  imagePullSecrets: Stack['imagePullSecrets'];
  kubernetes?: Stack['kubernetes'];
  observability: boolean;
}

/** A graph that can run: every reference is checked. */
export interface CheckedGraph extends ServiceGraph {
  /** Warnings about the stack file, sorted by place. */
  warnings: Problem[];
}
