import { resolve } from 'node:path';
import type { Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { UserError } from '../../tools/user-error.ts';
import { folderStore } from './folder-store.ts';
import type { Store } from './store.ts';

/** The store of a project whose environments name none. Only clones that name the same folder share a store. */
const ownStore = '.railhead/store';

/**
 * Returns the store of an environment: the folder in `railhead:store`, relative to the project. Throws UserError.
 *
 * @param root absolute path of the project
 */
export function openStore(
  { name, store = ownStore }: Pick<Environment, 'name' | 'store'>,
  root = projectRoot(),
): Store {
  if (/^\w+:\/\//.test(store)) {
    throw new UserError(
      `Pulumi.${name}.yaml: railhead:store is "${store}"; it must be the path of a folder.`,
    );
  }
  return folderStore(resolve(root, store));
}
