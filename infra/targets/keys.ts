import type { Output } from '@pulumi/pulumi';
import { all } from '@pulumi/pulumi/output.js';
import { KeyPair } from './generated.ts';
import type { TargetContext } from './target.ts';

/** The keys of one signer, and what its verifiers accept. */
export interface Keys {
  /** PKCS #8 PEM; secret. */
  privateKey: Output<string>;
  /** SPKI PEM, one block each of the previous, the current and the next generation. */
  publicKeys: Output<string>;
}

/**
 * A signer signs with the key of the current generation. Its verifiers know those beside it, too, so that whoever gets
 * a new generation first, no signature is refused (infra/decisions/0009-keys-rotate-by-generation.md).
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
