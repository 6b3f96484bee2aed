import type { Problem } from '../stack/problem.ts';
import type { Stack, Service } from '../stack/schema.ts';

/** A value that only the target knows: `postgres.DATABASE_URL`, `api.URL`, `worker.IDENTITY_KEY`. */
export interface ProvidedReference {
  kind: 'provided';
  /** A service, or `gateway`. */
  service: string;
  name: string;
}

/** A Pulumi config secret: `pulumi config set --secret NAME value`. */
export interface SecretReference {
  kind: 'secret';
  name: string;
}

/**
 * A string with holes. Every chain of variables is already inlined, so what is left in `refs` is
 * known only at deploy time, and filling it in is one join that never looks at the result again.
 */
export type Template = (string | ProvidedReference | SecretReference)[];

export interface GraphService {
  name: string;
  /** The service as the stack file declares it, defaults filled in. */
  config: Service;
  /** Environment of the service: the declared variables and Railway's names. */
  variables: Record<string, Template>;
  /** What `preDeploy` has instead of `variables`, or besides: the owner of a database, and what it declares itself. */
  preDeployVariables: Record<string, Template>;
  /** Addresses of a data server that somebody else runs: `url`, `readonlyUrl`, `ownerUrl`; empty where a target runs it. */
  external: Record<string, Template>;
  /** Services that must be ready first, sorted by name. */
  dependsOn: string[];
  /** `${{service.NAME}}` that some template uses of this service, sorted: a target makes no more than these. */
  provides: string[];
}

/** `from` may open connections to `to`, and starts after it. */
export interface Edge {
  from: string;
  to: string;
}

/** Services in start order (dependencies first, ties by name). */
export interface ServiceGraph {
  name: string;
  environment: string;
  services: GraphService[];
  edges: Edge[];
  gateway: Stack['gateway'];
  images: Stack['images'];
  imagePullSecrets: Stack['imagePullSecrets'];
  observability: boolean;
}

/** A graph that can run: every reference is checked. */
export interface CheckedGraph extends ServiceGraph {
  /** What people should know of the stack file, sorted by place. */
  warnings: Problem[];
}
