import type { Output } from '@pulumi/pulumi';
import { all } from '@pulumi/pulumi/output.js';
import { KeyPair } from './generated.ts';
import type { TargetContext } from './target.ts';

/** The private key of one signer, and the public keys that its verifiers accept. */
export interface Keys {
  /** The private key as PKCS #8 PEM, which is secret. */
  privateKey: Output<string>;
  /** The public keys of the previous, the current and the next generation, one SPKI PEM block each. */
  publicKeys: Output<string>;
}

/**
 * Creates the keys of a signer. The signer uses the key of the current generation. Verifiers also accept the previous
 * and the next one, so that no signature is refused while signer and verifiers are updated one after the other
 * (infra/decisions/0009-keys-rotate-by-generation.md).
 */
export function createKeys(signer: string, { root, environment, keyGeneration }: TargetContext): Keys {
  const generations = [keyGeneration - 1, keyGeneration, keyGeneration + 1].filter((number) => number > 0);
  const pairs = new Map(
    generations.map((number) => {
      const name = `${signer}-key-${number}`;
      return [number, new KeyPair(name, { root, environment, name })];
    }),
  );
  return {
    privateKey: pairs.get(keyGeneration)!.privateKey,
    publicKeys: all([...pairs.values()].map(({ publicKey }) => publicKey)).apply((keys) => keys.join('')),
  };
}
