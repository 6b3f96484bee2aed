import * as z from 'zod';
import { codeOf } from '../../../../tools/error-code.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { placeSchema, type Kind } from '../../../provider/kind.ts';
import { portHolder } from '../../../supervisor/port-holder.ts';
import { canListen } from '../../../supervisor/ports.ts';
import { publishedHost as host } from '../../../common/loopback.ts';
import { docker } from './docker.ts';

const inputs = placeSchema.extend({
  port: z.int().min(1).max(65_535),
  /** Labels of the container that needs the port. Its current version may already have the port. */
  labels: z.record(z.string(), z.string()),
});

export type FreePortInputs = z.infer<typeof inputs>;

/**
 * Checks that a container can be published on a port. Docker itself checks that only when it starts the container,
 * after the old one has been removed.
 */
export const freePort: Kind<FreePortInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['port'],
  ignored: ['root', 'labels'],
  create: find,
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
};

async function find({ name, port, labels }: FreePortInputs): Promise<Record<string, string>> {
  if (await isFreeOrOwn(port, labels)) return {};
  throw new UserError(
    `${name} cannot be published: ${host}:${port} is already in use by ${portHolder(host, port) ?? 'another process'}. ` +
      `End that process, or give ${name} another port in the stack file; then run \`pulumi up\` again.`,
  );
}

/** Returns whether a port is free, or that of a container with these labels. True if the daemon runs on another machine. */
export async function isFreeOrOwn(port: number, labels: Record<string, string>): Promise<boolean> {
  if (isElsewhere(process.env['DOCKER_HOST']) || (await isFree(port))) return true;
  const filters = Object.entries(labels).flatMap(([label, value]) => ['--filter', `label=${label}=${value}`]);
  const own = await docker(['ps', '--quiet', '--filter', `publish=${port}`, ...filters]);
  return own.stdout.trim() !== '';
}

/** A daemon may use ports that this user may not. */
function isFree(port: number): Promise<boolean> {
  return canListen(host, port).catch((error: unknown) => {
    if (codeOf(error) === 'EACCES') return true;
    throw error;
  });
}

/** Returns true if the daemon runs on another machine, whose ports and folders cannot be checked. */
export function isElsewhere(dockerHost = ''): boolean {
  return dockerHost !== '' && !dockerHost.startsWith('unix:');
}
