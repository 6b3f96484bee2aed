import * as z from 'zod';
import { UserError } from '../../../../tools/user-error.ts';
import { placeSchema, type Kind } from '../../../provider/kind.ts';
import { portHolder } from '../../../supervisor/port-holder.ts';
import { canListen } from '../../../supervisor/ports.ts';
import { docker } from './docker.ts';

const inputs = placeSchema.extend({
  port: z.int().min(1).max(65_535),
  /** Labels of the container that needs the port. Its current version may already have the port. */
  labels: z.record(z.string(), z.string()),
});

export type FreePortInputs = z.infer<typeof inputs>;

/** The address at which containers publish their ports. */
const host = '127.0.0.1';

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
  if (isElsewhere(process.env['DOCKER_HOST']) || (await canListen(host, port))) return {};
  const filters = Object.entries(labels).flatMap(([label, value]) => ['--filter', `label=${label}=${value}`]);
  const own = await docker(['ps', '--quiet', '--filter', `publish=${port}`, ...filters]);
  if (own.stdout.trim() !== '') return {};
  throw new UserError(
    `${name} cannot be published: ${host}:${port} is already in use by ${portHolder(host, port) ?? 'another process'}. ` +
      `End that process, or give ${name} another port in the stack file; then run \`pulumi up\` again.`,
  );
}

/** Returns true if the daemon runs on another machine, whose ports cannot be checked. */
function isElsewhere(dockerHost = ''): boolean {
  return dockerHost !== '' && !dockerHost.startsWith('unix:');
}
