import type { Input, Output, Resource } from '@pulumi/pulumi';
import type { ProgramName, Release } from '../artifacts/types.ts';
import type { Conditions } from '../graph/conditions.ts';
import type { ServiceGraph } from '../graph/types.ts';
import type { Environment } from '../environment.ts';
import type { Data, DataPlace } from './data.ts';
import type { Check } from './preflight.ts';

export type TargetName = Environment['target'];

/** What a service runs with once it is deployed. */
export interface DeployedService {
  resource: Resource;
  /** Values of the provided variables that `GraphService.provides` asks for, secrets marked as such. */
  provided: Record<string, Input<string>>;
  /** Private address as people read it, `http://127.88.4.1:3001`; absent where nothing listens. */
  address?: string;
}

export interface Deployment {
  services: Record<string, DeployedService>;
  /** Where people reach the system: the gateway's URL. Absent without a gateway block. */
  url?: Output<string>;
}

/** What a target may use besides the graph and the release. */
export interface TargetContext {
  /** Absolute path of the clone. */
  root: string;
  /** Environment name, such as `dev`. */
  environment: string;
  /** Generation of the keys that sign, from 1. */
  keyGeneration: number;
  /** IPv4 range for the networks of Docker, where the environment names one: `10.93.0.0/16`. */
  dockerPool: string | undefined;
  /** A Pulumi config secret by name. The graph is built of a stack whose secrets all have a value. */
  secret(name: string): Output<string>;
}

/** What a target may use to look for what it needs. */
export type PreflightContext = Pick<TargetContext, 'root' | 'environment' | 'dockerPool'>;

/** Makes the resources of a service graph. */
export type Deploy = (graph: ServiceGraph, release: Release, context: TargetContext) => Deployment;

/** Runs a service graph somewhere. One folder and one entry in `targets/index.ts` each. */
export interface Target extends NonNullable<Conditions['target']> {
  name: TargetName;
  /** Programs of ours that it runs beside the services; undefined where it runs no containers, and needs no images. */
  containers?: readonly ProgramName[];
  /** What the graph needs there before its first resource is made, all of it at once and in bounded time. */
  preflight(graph: ServiceGraph, context: PreflightContext): Promise<Check[]>;
  /**
   * What keeps an environment from running, a text each: who, how it ended, its check, its last lines, the next command.
   * Absent where every step of an update tells that itself.
   */
  failures?(graph: ServiceGraph, context: PreflightContext): Promise<string[]>;
  /** What `down` leaves there, and how it is removed. */
  data(place: DataPlace): Promise<Data>;
  /** Loaded when chosen: nobody waits for the SDK of a target that is not used. */
  load(): Promise<Deploy>;
}
