import { z } from 'zod';
import { UserError } from '../../../stack/problem.ts';
import { placeSchema, type Kind } from '../../process/plugin/kind.ts';
import { portHolder } from '../../process/supervisor/port-holder.ts';
import { canListen } from '../../process/supervisor/ports.ts';
import { docker } from './docker.ts';

const inputs = placeSchema.extend({
  port: z.int().min(1).max(65_535),
  /** Of the container that the port is for, which may have it already. */
  labels: z.record(z.string(), z.string()),
});

export type FreePortInputs = z.infer<typeof inputs>;

/** Containers are published here. */
const host = '127.0.0.1';

/**
 * A port that a container can be published on. Docker looks only when it starts the container, and the one that served until
 * then is gone by that time.
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
      `End that, or give ${name} another port in the stack file; then run \`pulumi up\` again.`,
  );
}

/** The ports of another machine cannot be looked at. */
function isElsewhere(dockerHost = ''): boolean {
  return dockerHost !== '' && !dockerHost.startsWith('unix:');
}
