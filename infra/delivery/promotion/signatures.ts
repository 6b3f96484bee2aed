import { createPublicKey, type KeyObject } from 'node:crypto';
import { signatureProblem, type Signer } from '../../artifacts/sign.ts';
import type { Pin } from '../../releases/schema.ts';
import { keyVariable } from '../../store/signature.ts';
import type { Store } from '../../store/store.ts';

/**
 * Reports the artifacts that the destination would refuse because of a missing signature. None if `key` is the one that it
 * requires, since `promote` signs them then.
 */
export async function signatureProblems(
  pins: Readonly<Record<string, Pin>>,
  store: Store,
  { signer, key }: { signer: Signer | undefined; key: KeyObject | undefined },
): Promise<string[]> {
  if (signer === undefined) return [];
  const signs = key !== undefined && createPublicKey(key).equals(signer.publicKey);
  if (signs) return [];
  const problems: string[] = [];
  for (const [service, pin] of Object.entries(pins)) {
    const problem = await signatureProblem(pin, store, signer);
    if (problem !== undefined) {
      problems.push(
        `${service}: ${problem}. Set ${keyVariable} to the private key, with which it is signed.`,
      );
    }
  }
  return problems;
}
