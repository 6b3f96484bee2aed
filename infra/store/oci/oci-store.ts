import type { Store } from '../store.ts';
import type { Address } from './address.ts';
import { Client } from './client.ts';
import { ociObjects } from './oci-objects.ts';
import { ociRecords } from './oci-records.ts';

/** A store in a repository of an OCI registry. */
export function ociStore(address: Address): Store {
  const client = new Client(address);
  return {
    objects: ociObjects(client),
    records: ociRecords(client),
    describe: () => `the store oci://${address.registry}/${address.repository}`,
  };
}
