import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../../../tools/user-error.ts';
import type { Client } from './client.ts';
import * as repository from './repository.ts';
import { tagOf } from './tags.ts';

const claimType = 'application/vnd.railhead.claim.v1';
const withdrawn = repository.artifactManifest(claimType, [], { state: 'withdrawn' });

/** Milliseconds for which a claim is valid. It is much shorter than the time that other processes wait before they give up. */
const validity = 10_000;

interface Creation {
  path: string;
  patience: number;
  write: () => Promise<void>;
}

/**
 * Writes a record that does not exist, and returns whether this process has done so.
 *
 * A registry cannot create a tag only if it does not exist. So each writer first claims the record with a tag of its own, and then
 * lists all tags. Of two writers, at least the later one sees the claim of the other one, withdraws, and tries again later.
 */
export async function createRecord(client: Client, { path, patience, write }: Creation): Promise<boolean> {
  const begun = Date.now();
  const id = randomUUID().slice(0, 13);
  const own = tagOf('claim', path, id);
  while (!(await repository.hasManifest(client, tagOf('record', path)))) {
    // A process that was killed leaves its claim. Then no process can create this record.
    if (Date.now() - begun > patience) return false;
    const claimed = Date.now();
    const claim = repository.artifactManifest(claimType, [], { id });
    try {
      await repository.pushManifest(client, own, claim);
      const isAlone = await isOnlyClaim(client, path, own);
      const isWritten = isAlone && Date.now() - claimed < validity;
      if (isWritten) await write();
      // Once written, the record itself shows that the path is taken.
      await withdraw(client, own, claim);
      if (isWritten) return true;
    } catch (error) {
      // A claim that stays would make other writers wait.
      await withdraw(client, own, claim).catch(() => undefined);
      throw error;
    }
    await setTimeout(Math.random() * 300);
  }
  return false;
}

async function isOnlyClaim(client: Client, path: string, own: string): Promise<boolean> {
  const tags = await repository.listTags(client);
  if (!tags.includes(own)) {
    throw new UserError(
      `${client.address.registry} does not list a tag right after it was set, so two writers could overwrite each other. Choose another store with railhead:store.`,
    );
  }
  if (tags.includes(tagOf('record', path))) return false;
  const others = tags.filter((tag) => tag.startsWith(`${tagOf('claim', path)}.`) && tag !== own);
  const claims = await Promise.all(others.map((tag) => repository.readManifest(client, tag)));
  return claims.every((claim) => claim === undefined || claim.annotations?.state === 'withdrawn');
}

/** Deletes a claim. Where the registry does not delete, the claim says that it is withdrawn. */
async function withdraw(client: Client, own: string, claim: repository.Manifest): Promise<void> {
  await repository.deleteManifest(client, claim).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    return repository.pushManifest(client, own, withdrawn);
  });
}
