import * as z from 'zod';
import { wholeHashOf } from '../../../plan/hash.ts';
import { nameOf } from '../../../targets/shared/data.ts';
import { fingerprintKey } from '../../../targets/shared/generated.ts';
import { without, withHashes } from './canonical.ts';
import type { ExportedResource } from '../../state-resources.ts';

/** Fields of a resource in the state that an update or a user sets. */
const fields = ['id', 'parent', 'protect', 'retainOnDelete', 'delete', 'pendingReplacement', 'external'];

/**
 * Returns a hash of what an update starts from: resources, inputs, and the outputs of Railhead's own resources. It leaves out the
 * live status, which is in the outputs of other providers and in the input `state`, and the commit. Secrets are in it by their
 * keyed hashes.
 */
export function stateHash(resources: readonly ExportedResource[]): string {
  const key = keyOf(resources);
  const all = resources.map((resource) => {
    const { urn, type, inputs, outputs } = resource;
    const isOwn = type.startsWith('railhead:');
    return {
      urn,
      ...Object.fromEntries(fields.map((field) => [field, resource[field] ?? null])),
      inputs: withHashes(isOwn ? without(inputs, 'state', 'commit') : inputs, key),
      outputs: withHashes(isOwn || type === 'pulumi:pulumi:Stack' ? outputs : {}, key),
    };
  });
  return wholeHashOf(all.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)));
}

const sealed = z.object({ password: z.object({ plaintext: z.string() }) });

/** Returns the key of fingerprints. An older version of Railhead made none. */
function keyOf(resources: readonly ExportedResource[]): string | undefined {
  const found = resources.find(({ urn }) => nameOf(urn) === fingerprintKey);
  return sealed.safeParse(found?.outputs).data?.password.plaintext;
}
