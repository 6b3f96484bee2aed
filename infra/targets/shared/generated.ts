import type { Output } from '@pulumi/pulumi';
import { CustomResource, type CustomResourceOptions } from '@pulumi/pulumi/resource.js';
import type { IdentityInputs } from '../../provider/generated/identity.ts';
import type { Place } from '../../supervisor/paths.ts';

/** An Ed25519 key pair as PEM (PKCS #8, SPKI). Railhead's provider generates it once; it exists in the state only. */
export class KeyPair extends CustomResource {
  /** Secret. */
  declare readonly privateKey: Output<string>;
  declare readonly publicKey: Output<string>;

  constructor(name: string, args: Place, options?: CustomResourceOptions) {
    const outputs = { privateKey: undefined, publicKey: undefined };
    super('railhead:generated:KeyPair', name, { ...args, ...outputs }, options);
  }
}

/** A password of 192 random bits, in characters without a special meaning in URLs, configuration files and SQL. */
class Password extends CustomResource {
  /** Secret. */
  declare readonly password: Output<string>;

  constructor(name: string, args: Place, options?: CustomResourceOptions) {
    super('railhead:generated:Password', name, { ...args, password: undefined }, options);
  }
}

/** Creates a password that is kept in the state under this name. */
export function createPassword(
  { root, environment }: Omit<Place, 'name'>,
  name: string,
  options?: CustomResourceOptions,
): Output<string> {
  return new Password(name, { root, environment, name }, options).password;
}

/** The record of an environment. It is the first resource, so that a failed run records it too, and `down` keeps it with the data. */
export class Identity extends CustomResource {
  declare readonly owner: Output<string>;

  constructor(args: Omit<IdentityInputs, 'name'>) {
    super('railhead:generated:Identity', 'identity', { ...args, name: 'identity' }, { protect: true });
  }
}
