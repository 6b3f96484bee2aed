import type { ProgramName, Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import type { ResourceList } from '../../plan/resource.ts';
import type { Finding } from '../../stack/finding.ts';
import type { Data, DataPlace, StateResource } from './data.ts';
import type { CanaryPlace, LiveCanary } from './canaries.ts';
import type { DeployedResource, Reality } from './drift.ts';
import type { ProvidedValues } from './service-values.ts';
import type { OwnTools, ToolPlace } from './own-tools.ts';
import type { Check } from './check.ts';
import type { RecordedResource } from './recorded.ts';
import type { StackSupport } from './support.ts';
import type { Violation } from './violation.ts';
import { unsupportedFields } from './unsupported-fields.ts';

/** A planned service: its main resource and address. */
export interface PlannedService {
  /** The resource that exists once the service can be used. */
  resource: PlannedResource;
  /** The private address for display, `http://127.88.4.1:3001`. Absent if the service does not listen. */
  address?: string;
}

/** What a target makes of a service graph, as plain data. */
export interface Plan {
  services: Record<string, PlannedService>;
  /** The values that each service provides, by the names of its provided variables. */
  values: Record<string, ProvidedValues>;
  /** The public URL of the system: the gateway's URL. Absent without a gateway block. */
  url?: Text;
}

/** The inputs of a target in addition to the graph and the release. */
export interface TargetContext {
  /** Absolute path of the project. */
  root: string;
  /** The environment name, for example `dev`. */
  environment: string;
  /** The generation of the signing keys, from 1. */
  keyGeneration: number;
  /** The IPv4 range for Docker's networks, if the environment sets one: `10.93.0.0/16`. */
  dockerPool: string | undefined;
  /** The project that the environment belongs to. Absent without an engine. */
  owner?: Text | undefined;
  /** The list that the plan's resources are added to. */
  resources: ResourceList;
}

/** The inputs of a target's preflight checks. */
export type PreflightContext = Pick<TargetContext, 'root' | 'environment' | 'dockerPool'>;

/** Adds the resources of a service graph to `context.resources`. */
export type MakePlan = (graph: ServiceGraph, release: Release, context: TargetContext) => Plan;

/** What happens to the data in a resource when the resource is deleted or replaced. */
export type Fate = 'kept' | 'protected' | 'lost';

/** What an update does to a resource. */
export interface ChangedResource {
  /** Pulumi's type token. */
  type: string;
  name: string;
  /** A service or `gateway`; undefined for what belongs to the whole environment. */
  service: string | undefined;
  operation: 'create' | 'update' | 'replace' | 'delete';
  /** The properties that differ. */
  paths: readonly string[];
}

/**
 * How a new version takes over from running replicas. `together`: all new replicas start before all old ones end. `stepwise`: a
 * quarter of the replicas at a time, at least one. `stopFirst`: the old version ends before the new one starts. `unknown`: the
 * target does not say.
 */
export type Handover = 'together' | 'stepwise' | 'stopFirst' | 'unknown';

/** A target runs a service graph on one platform. Each member loads the code that it needs when it is called. */
export interface Target {
  /** The name in messages, and of a standard target in `railhead:target`. */
  name: string;
  /** What the target does with every field of a stack file. */
  fields: StackSupport;
  /** Returns a finding for each setting of the stack file that the target does not support. */
  unsupported(graph: ServiceGraph): Finding[];
  /** Returns the scheme of the gateway's public URL. */
  publicScheme(graph: ServiceGraph): 'http' | 'https';
  /**
   * Returns the gateway's URL for users; undefined without a gateway. Builds can use it. Absent if only a deployment knows it.
   *
   * @param root absolute path of the project
   * @param host the host of a route, whose URL is returned instead
   */
  publicUrl?(
    graph: Pick<ServiceGraph, 'name' | 'environment' | 'gateway'>,
    root: string,
    host?: string,
  ): string | undefined;
  /**
   * Pulumi's types of the objects whose arguments the user's program can change, by their name in
   * `deploy({ transform })`. Absent if there are none.
   */
  objects?: Readonly<Record<string, string>>;
  /** Railhead's own programs that the target runs in containers; undefined if it runs none and needs no images. */
  containers?: readonly ProgramName[];
  /**
   * Whether resources belong to other providers than Railhead's. The engine then downloads plugins, and `up` has to
   * request the live state, which Railhead's provider reads before every update.
   */
  otherProviders: boolean;
  /** Checks all requirements of the graph before its first resource is created. Returns within a limited time. */
  preflight(graph: ServiceGraph, context: PreflightContext): Promise<Check[]>;
  /** What `up` installs on this machine before it calls the engine. Absent if it installs nothing. */
  installs?: {
    /** Returns which of it this machine has already, for `doctor`. */
    check(graph: ServiceGraph): Promise<Check[]>;
    /** Installs what is missing. */
    ensure(graph: ServiceGraph, progress: (line: string) => void): Promise<void>;
  };
  /** Loads the function that plans the resources. */
  load(): Promise<MakePlan>;
  /**
   * Returns the files that deploy the resources without Pulumi, by name. Absent if only Pulumi can deploy them.
   *
   * @param folder absolute path of the folder that the files are for
   */
  render?(resources: RecordedResource[], secretsGiven: boolean, folder: string): Promise<Map<string, string>>;
  /**
   * Returns which rules of the platform the resources of a graph break, such as Pod Security. Tests check golden files and
   * generated stacks with it.
   */
  violations?(resources: RecordedResource[], graph: ServiceGraph): Promise<Violation[]>;
  /**
   * Returns the commands that replace `railhead status`, `logs` and `run`. Absent if supervisors run the services, as
   * on this machine: Railhead's own commands read their files.
   */
  ownTools?(place: ToolPlace): OwnTools;
  /**
   * Returns the canaries that run or are held, sorted by service. Throws UserError if the platform cannot be read. Absent if the
   * target has none.
   */
  canaries?(place: CanaryPlace): Promise<LiveCanary[]>;
  /**
   * The types of resources that hold data, by Pulumi's type token, for the warnings of a preview. Empty if no resource does,
   * as for folders of this machine.
   */
  stores: Readonly<Record<string, Fate>>;
  /**
   * Returns how the changes of the resources of one service, or of the gateway, replace its running replicas; undefined if they
   * leave the replicas alone. Default: a resource that is created or replaced restarts the service.
   */
  handover: (changes: readonly ChangedResource[]) => Handover | undefined;
  /** Returns access to the data that `down` keeps. */
  data(place: DataPlace): Promise<Data>;
  /**
   * What a new identity does to existing data: `renames` them, `leaves` them behind, or is `refused` because they are protected
   * under the former one.
   */
  newIdentity: 'renames' | 'leaves' | 'refused';
  /**
   * Returns the owners of the resources that have the identity of the environment; an empty string for a resource without an
   * owner. Absent if each project has resources of its own.
   */
  owners?(graph: ServiceGraph, context: PreflightContext): Promise<string[]>;
  /**
   * Compares the resources in the state with those that exist, and finds resources that are not in the state. Changes nothing.
   * Throws UserError if the platform cannot be read. Absent if the target cannot compare.
   */
  drift?(resources: readonly DeployedResource[], place: Project): Promise<Reality>;
  /**
   * Environment variables with which the providers of the engine overwrite what others have set, for `railhead drift --mend`. Absent
   * if they always do.
   */
  overwrites?: Readonly<Record<string, string>>;
  /** Returns the stack name of a state that a version of Railhead wrote which recorded no identity. */
  recordedStack?(resources: readonly StateResource[], place: Project): Promise<string | undefined>;
  /**
   * Resolves the creations that a killed run began. Pulumi's state file lists them, without the ids of what exists.
   * Absent if creating a resource again finds the one that exists.
   */
  resolveInterrupted?(checkpoint: string): Promise<void>;
  /**
   * Stops services that run, but are neither `wanted` nor in the state because a killed run did not record them. Returns
   * their names. Absent if nothing can run without the engine.
   *
   * @param readState returns the names of all resources in the state
   */
  stopStrays?(
    place: Project,
    wanted: readonly string[],
    readState: () => Promise<readonly string[]>,
  ): Promise<string[]>;
}

/** An environment of a project. */
type Project = Pick<TargetContext, 'root' | 'environment'>;

/** What a target declares. Fields that its record refuses need no further finding in `unsupported`. */
interface Definition extends Omit<Target, 'unsupported' | 'handover'> {
  unsupported?(graph: ServiceGraph): Finding[];
  handover?: Target['handover'];
}

/** Makes a target. A module outside this repository exports the result as its default. */
export function defineTarget(definition: Definition): Target {
  const unsupported = (graph: ServiceGraph) => [
    ...unsupportedFields(definition.fields, graph),
    ...(definition.unsupported?.(graph) ?? []),
  ];
  return { handover: anyNewResource, ...definition, unsupported };
}

function anyNewResource(changes: readonly ChangedResource[]): Handover | undefined {
  return changes.some(({ operation }) => operation === 'create' || operation === 'replace')
    ? 'unknown'
    : undefined;
}
