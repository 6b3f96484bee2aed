import type { Input, Output, Resource } from '@pulumi/pulumi';
import type { ProgramName, Release } from '../../artifacts/types.ts';
import type { Conditions } from '../../graph/conditions.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Environment } from '../../common/environment.ts';
import type { Data, DataPlace } from './data.ts';
import type { Check } from './preflight.ts';

export type TargetName = Environment['target'];

/** A deployed service: its resource, provided variables and address. */
export interface DeployedService {
  resource: Resource;
  /** The values of the provided variables in `GraphService.provides`. Secret values are marked. */
  provided: Record<string, Input<string>>;
  /** The private address for display, `http://127.88.4.1:3001`. Absent if the service does not listen. */
  address?: string;
}

export interface Deployment {
  services: Record<string, DeployedService>;
  /** The public URL of the system: the gateway's URL. Absent without a gateway block. */
  url?: Output<string>;
}

/** The inputs of a target in addition to the graph and the release. */
export interface TargetContext {
  /** Absolute path of the clone. */
  root: string;
  /** The environment name, for example `dev`. */
  environment: string;
  /** The generation of the signing keys, from 1. */
  keyGeneration: number;
  /** The IPv4 range for Docker's networks, if the environment sets one: `10.93.0.0/16`. */
  dockerPool: string | undefined;
  /** The project that the environment belongs to. Absent without an engine. */
  owner?: Input<string> | undefined;
  /** Returns a Pulumi config secret by name. All secrets of the graph have a value: building the graph checks that. */
  secret(name: string): Output<string>;
}

/** The inputs of a target's preflight checks. */
export type PreflightContext = Pick<TargetContext, 'root' | 'environment' | 'dockerPool'>;

/** Creates the resources of a service graph. */
export type Deploy = (graph: ServiceGraph, release: Release, context: TargetContext) => Deployment;

/** A target runs a service graph on one platform. Each target has one folder and one entry in `targets/index.ts`. */
export interface Target extends NonNullable<Conditions['target']> {
  name: TargetName;
  /** Railhead's own programs that the target runs; undefined if it runs no containers and needs no images. */
  containers?: readonly ProgramName[];
  /** Checks all requirements of the graph before its first resource is created. Returns within a limited time. */
  preflight(graph: ServiceGraph, context: PreflightContext): Promise<Check[]>;
  /**
   * Returns the owners of the resources that have the identity of the environment; an empty string for a resource without an
   * owner. Absent if each clone has resources of its own.
   */
  owners?(graph: ServiceGraph, context: PreflightContext): Promise<string[]>;
  /**
   * What a new identity does to existing data: `renames` them, `leaves` them behind, or is `refused` because they are protected
   * under the former one.
   */
  newIdentity: 'renames' | 'leaves' | 'refused';
  /** Returns access to the data that `down` keeps. */
  data(place: DataPlace): Promise<Data>;
  /** Loads the deploy function of the target. Loaded on demand, since the SDKs of the other targets take time to load. */
  load(): Promise<Deploy>;
}
