import { Config } from '@pulumi/pulumi/config.js';
import { getConfig } from '@pulumi/pulumi/runtime/config.js';
import { getStack } from '@pulumi/pulumi/metadata.js';
import type { Output } from '@pulumi/pulumi/output.js';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import type { KnownSecrets } from '../common/environment.ts';
import { heldIdentity } from './held-identity.ts';
import type { HeldIdentity } from './identity.ts';
import { UserError } from '../../tools/user-error.ts';
import { dockerPool, dockerPoolRule } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import type { TargetContext } from '../targets/shared/target.ts';

export interface Settings extends Omit<TargetContext, 'owner' | 'resources'> {
  /** Whether nothing is deployed. */
  preview: boolean;
  /** Returns a Pulumi config secret by name. All secrets of the graph have a value: building the graph checks that. */
  secret(name: string): Output<string>;
  /** Path of the stack file, relative to the project. */
  stackFile: string;
  /** The name of a target, or the path of a module that exports one. */
  target: string;
  secrets: KnownSecrets;
  /** Name under which the data of the environment are kept, if config sets it. */
  identity?: string;
  /** Returns the identity that the state records. Undefined without an engine. */
  held: (() => Promise<HeldIdentity | undefined>) | undefined;
  /** The owner of the environment, if config sets it. */
  owner?: string | undefined;
  /** The folder of the store, if config sets it. */
  store?: string | undefined;
  /** The public key with which artifacts of a release file must be signed, if config sets it. */
  signedBy?: string | undefined;
}

/** Reads all settings from Pulumi config; no other code reads config. Throws UserError. */
export function readSettings(environment = getStack()): Settings {
  const config = new Config('railhead');
  const identity = config.get('identity');
  const valueOf = (name: string) => getConfig(`${config.name}:${name}`);
  return {
    root: projectRoot(),
    environment,
    preview: isDryRun(),
    stackFile: config.require('stackFile'),
    keyGeneration: readGeneration(config),
    dockerPool: readPool(config),
    target: config.require('target'),
    secret: (name) => config.requireSecret(name),
    ...(identity !== undefined && { identity }),
    held: heldIdentity,
    owner: config.get('owner'),
    store: config.get('store'),
    signedBy: config.get('signedBy'),
    secrets: { has: (name) => valueOf(name) !== undefined, valueOf },
  };
}

function readGeneration(config: Config): number {
  const generation = config.getNumber('keyGeneration') ?? 1;
  if (Number.isSafeInteger(generation) && generation > 0) return generation;
  throw new UserError(`railhead:keyGeneration is ${generation}; it must be a whole number of at least 1.`);
}

function readPool(config: Config): string | undefined {
  const pool = config.get('dockerPool');
  if (pool === undefined || dockerPool.safeParse(pool).success) return pool;
  throw new UserError(`railhead:dockerPool is "${pool}"; it must be ${dockerPoolRule}.`);
}
