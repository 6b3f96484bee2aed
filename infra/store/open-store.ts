import { resolve } from 'node:path';
import type { Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { folderStore } from './folder-store.ts';
import { parseAddress } from './oci/address.ts';
import { clientFor } from './oci/client.ts';
import { ociStore } from './oci/oci-store.ts';
import type { Store } from './store.ts';

/** The store of a project whose environments name none. Only clones that name the same folder share a store. */
const ownStore = '.railhead/store';

/**
 * Returns the store of an environment: the folder in `railhead:store`, relative to the project, or a repository of a registry, such as
 * `oci://ghcr.io/acme/rota`. Throws UserError.
 *
 * @param root absolute path of the project
 */
export function openStore(
  { name, store = ownStore }: Pick<Environment, 'name' | 'store'>,
  root = projectRoot(),
): Store {
  if (/^\w+:\/\//.test(store)) {
    return ociStore(clientFor(parseAddress(store, `Pulumi.${name}.yaml: railhead:store`)));
  }
  return folderStore(resolve(root, store));
}
