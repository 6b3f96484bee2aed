import { outputOf, type Hole } from '../../plan/hole.ts';
import type { PlannedOptions, PlannedResource } from '../../plan/planned.ts';
import type { ResourceList, ResourceType, WithHoles } from '../../plan/resource.ts';
import type { IdentityInputs } from '../../provider/generated/identity.ts';
import type { ReleaseInputs } from '../../provider/generated/release.ts';
import type { Place } from '../../supervisor/paths.ts';

/** Pulumi's type of the record of an environment. */
export const identityType = 'railhead:generated:Identity';

/** Pulumi's type of the record of the last update. */
export const releaseType = 'railhead:generated:Release';

/** Pulumi's name of the password that is the key of fingerprints. */
export const fingerprintKey = 'fingerprint-key';

/** An Ed25519 key pair as PEM (PKCS #8, SPKI). Railhead's provider generates it once; it exists in the state only. */
const keyPair: ResourceType<Place> = { token: 'railhead:generated:KeyPair' };

/** A password of 192 random bits, in characters without a special meaning in URLs, configuration files and SQL. */
const password: ResourceType<Place> = { token: 'railhead:generated:Password' };

/** The record of an environment. It is the first resource, so that a failed run records it too, and `down` keeps it with the data. */
const identity: ResourceType<IdentityInputs> = { token: identityType };

/** The record of the last update. */
const release: ResourceType<ReleaseInputs> = { token: releaseType };

/** The environment that the values are generated for, and the list that their resources are added to. */
export interface GeneratorContext extends Omit<Place, 'name'> {
  resources: ResourceList;
}

/** Plans a password that is kept in the state under this name. */
export function planPassword(
  { root, environment, resources }: GeneratorContext,
  service: string | undefined,
  name: string,
  options?: PlannedOptions,
): Hole {
  const resource = resources.add(service, password, name, { root, environment, name }, options);
  return outputOf(resource, 'password', { secret: true });
}

export function planKeyPair(
  { root, environment, resources }: GeneratorContext,
  service: string,
  name: string,
): { privateKey: Hole; publicKey: Hole } {
  const resource = resources.add(service, keyPair, name, { root, environment, name });
  return {
    privateKey: outputOf(resource, 'privateKey', { secret: true }),
    publicKey: outputOf(resource, 'publicKey'),
  };
}

export function planIdentity(resources: ResourceList, args: Omit<IdentityInputs, 'name'>): PlannedResource {
  return resources.add(undefined, identity, 'identity', { ...args, name: 'identity' }, { protect: true });
}

/** Plans the record of this update. It is the last resource, so that a failed update keeps the former record. */
export function planRelease(resources: ResourceList, args: WithHoles<Omit<ReleaseInputs, 'name'>>): void {
  resources.add(undefined, release, 'release', { ...args, name: 'release' }, { last: true });
}
