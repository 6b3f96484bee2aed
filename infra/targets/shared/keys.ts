import { join, type Text } from '../../plan/hole.ts';
import { planKeyPair, type GeneratorContext } from './generated.ts';

/** The private key of one signer, and the public keys that its verifiers accept. */
export interface Keys {
  /** The private key as PKCS #8 PEM, which is secret. */
  privateKey: Text;
  /** The public keys of the previous, the current and the next generation, one SPKI PEM block each. */
  publicKeys: Text;
}

/**
 * Plans the keys of a signer. The signer uses the key of the current generation. Verifiers also accept the previous
 * and the next one, so that no signature is refused while signer and verifiers are updated one after the other
 * (infra/decisions/0009-keys-rotate-by-generation.md).
 */
export function planKeys(signer: string, keyGeneration: number, context: GeneratorContext): Keys {
  const generations = [keyGeneration - 1, keyGeneration, keyGeneration + 1].filter((number) => number > 0);
  const pairs = new Map(
    generations.map((number) => [number, planKeyPair(context, signer, `${signer}-key-${number}`)]),
  );
  return {
    privateKey: pairs.get(keyGeneration)!.privateKey,
    publicKeys: join(...[...pairs.values()].map(({ publicKey }) => publicKey)),
  };
}
