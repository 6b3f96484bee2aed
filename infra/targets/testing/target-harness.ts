import type { Address } from '../../balancer/backends.ts';
import type { SystemOptions, TestSystem } from './system.ts';

/** How the contract tests access the services of a target. */
export interface TargetHarness extends SystemOptions {
  /** The reason why this target cannot be tested here; undefined if it can. */
  skip: string | undefined;
  /** Returns the address of a service, `http://host:port`, at which the test process reaches it. */
  url(system: TestSystem, service: 'first' | 'second'): Promise<string>;
  /**
   * Returns the address outside of the system that leads to the port `greeting` of `first`, and one that would lead to its
   * main port.
   *
   * @param port the published port
   */
  published(system: TestSystem, port: number): Promise<{ open: Address; closed: Address }>;
  /** Returns the ids of a service's running instances, sorted. The id of an instance changes at every restart. */
  instances(system: TestSystem, service: string): Promise<string[]>;
  /** Removes a service without Pulumi, like a user or a restart of the machine does. */
  remove(system: TestSystem, service: string): Promise<void>;
  /** Requests a run of a cron service now. */
  tick(system: TestSystem, service: string): Promise<void>;
  /** The target's strictest restart policy, which proves the start order. Default: `never`. */
  restart?: string;
  /** Whether replicas mount the `files` of their service. */
  mountsFiles?: boolean;
  /** Whether replicas see the `bindMounts` of their service. */
  mountsFolders?: boolean;
  /** Flags with which `preview` and `up` read the live state. Absent if they always do. */
  refreshFlags?: string[];
  /** Returns the service of a resource, by the resource's name. Default: that name. */
  serviceOf?: (resource: string) => string;
  /** Matches a preview in which the secret variable TOKEN changes. Default: TOKEN is shown as a single value. */
  secretChange?: RegExp;
}
