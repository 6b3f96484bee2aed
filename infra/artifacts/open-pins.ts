import type { Environment } from '../common/environment.ts';
import { loadRelease } from '../releases/load.ts';
import { openStore } from '../store/open-store.ts';
import type { Pins } from './pinned.ts';
import { signerOf } from './sign.ts';

/**
 * Returns the pins of an environment. Undefined without a release file: then its artifacts are built. Throws UserError.
 *
 * @param root absolute path of the project
 */
export function openPins(
  environment: Pick<Environment, 'name' | 'store' | 'signedBy'>,
  root: string,
): Pins | undefined {
  const pinned = loadRelease(environment.name, root);
  return pinned && { ...pinned, store: openStore(environment, root), signer: signerOf(environment, root) };
}
