import { imageUser } from '../artifacts/dockerfile.ts';
import type { Added } from './added.ts';
import type { Draft } from './draft.ts';
import type { Imported } from './facts.ts';
import type { Server } from './values.ts';

/**
 * Returns a row for each service whose image, also that of a Dockerfile, runs more restricted than before. Other platforms run an image
 * as the user that it sets, with a writable file system.
 */
export function reportImageDefaults(
  draft: Draft,
  { services }: Imported,
  servers: ReadonlyMap<string, Server>,
): Added[] {
  return services.flatMap(({ name, from, facts }): Added[] => {
    const server = servers.get(name);
    if (server === undefined || server.type !== undefined) return [];
    const to = `services.${server.name}`;
    const has = (field: string) => draft.below(['services', server.name, field]).length > 0;
    if (!has('image') && !has('dockerfile')) return [];
    const ofUser = !has('user') && facts.user === undefined;
    const ofFiles = !has('readOnly') && facts.readOnly?.value !== 'true';
    const defaults = [
      ...(ofUser ? [`as user ${imageUser}`, 'without capabilities'] : []),
      ...(ofFiles ? ['with a read-only file system and a writable /tmp'] : []),
    ];
    const fields = [
      ...(ofUser ? ['`user: image`', '`capabilities`'] : []),
      ...(ofFiles ? ['`tmpfs`', '`readOnly: false`'] : []),
    ];
    if (defaults.length === 0) return [];
    const why = `the image runs ${defaults.join(', ')}; if it fails at its start, write ${fields.join(', ')}`;
    return [{ to, why, from }];
  });
}
