import type { Store } from '../store.ts';
import type { Client } from './client.ts';
import { ociObjects } from './oci-objects.ts';
import { ociRecords } from './oci-records.ts';

/** A store in a repository of an OCI registry. */
export function ociStore(client: Client): Store {
  const { registry, repository } = client.address;
  return {
    objects: ociObjects(client),
    records: ociRecords(client),
    describe: () => `the store oci://${registry}/${repository}`,
  };
}
