import type { Environment } from '../common/environment.ts';
import { railheadCommand } from '../common/commands.ts';
import { loadRelease, releasePath } from '../releases/load.ts';
import { openStore } from '../store/open-store.ts';
import type { Pins } from './pinned.ts';
import { signerOf } from './sign.ts';
import { UserError } from '../../tools/user-error.ts';

/**
 * Returns the pins of an environment; undefined if it has no release file, so that its artifacts are built. Throws UserError, also if
 * the environment requires signatures and has no release file: artifacts that are built here have no signature.
 *
 * @param root absolute path of the project
 */
export function openPins(
  environment: Pick<Environment, 'name' | 'store' | 'signedBy'>,
  root: string,
): Pins | undefined {
  const pinned = loadRelease(environment.name, root);
  if (pinned === undefined && environment.signedBy !== undefined) {
    const { name, signedBy } = environment;
    throw new UserError(
      `${name} deploys only artifacts that ${signedBy} has signed (railhead:signedBy), and ${releasePath(name)}, which names them, does not exist. Nothing was changed.\nNext: ${railheadCommand(undefined, 'promote', '…', name)}`,
    );
  }
  return pinned && { ...pinned, store: openStore(environment, root), signer: signerOf(environment, root) };
}
