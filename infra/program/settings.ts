import type { KnownSecrets } from '../common/environment.ts';
import type { HeldIdentity } from './identity.ts';
import { UserError } from '../../tools/user-error.ts';
import { dockerPool, dockerPoolRule } from '../common/environment.ts';
import type { TargetContext } from '../targets/shared/target.ts';

export interface Settings extends Omit<TargetContext, 'owner' | 'resources'> {
  /** Whether nothing is deployed. */
  preview: boolean;
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

/** What only a run knows: config does not hold it. */
type OfRun = 'root' | 'preview' | 'secrets' | 'held';

/**
 * Returns the settings that Pulumi config holds. Throws UserError.
 *
 * @param get returns the value of `railhead:<name>`
 */
export function settingsOf(
  environment: string,
  get: (name: string) => string | undefined,
): Omit<Settings, OfRun> {
  const required = (name: string) => {
    const value = get(name);
    if (value !== undefined) return value;
    throw new UserError(
      `railhead:${name} has no value in ${environment}. Set one in Pulumi.${environment}.yaml.`,
    );
  };
  const identity = get('identity');
  return {
    environment,
    stackFile: required('stackFile'),
    keyGeneration: generationOf(get('keyGeneration') ?? '1'),
    dockerPool: poolOf(get('dockerPool')),
    target: required('target'),
    ...(identity !== undefined && { identity }),
    owner: get('owner'),
    store: get('store'),
    signedBy: get('signedBy'),
  };
}

function generationOf(text: string): number {
  const generation = Number(text);
  if (Number.isSafeInteger(generation) && generation > 0) return generation;
  throw new UserError(`railhead:keyGeneration is ${text}; it must be a whole number of at least 1.`);
}

function poolOf(pool: string | undefined): string | undefined {
  if (pool === undefined || dockerPool.safeParse(pool).success) return pool;
  throw new UserError(`railhead:dockerPool is "${pool}"; it must be ${dockerPoolRule}.`);
}
