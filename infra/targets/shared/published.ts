import { publishedHost } from '../../common/loopback.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { publishedPorts } from '../../stack/ports.ts';
import { portHolder } from '../../supervisor/port-holder.ts';
import type { Check } from './check.ts';

/**
 * Checks that no other process of this machine uses a published port.
 *
 * @param isFree returns whether a port is free, or already that of the environment. Throws if nothing can listen there
 */
export async function checkPublished(
  { services }: ServiceGraph,
  isFree: (port: number) => Promise<boolean>,
): Promise<Check[]> {
  const all = services.flatMap(({ name: service, form, config }) =>
    form === 'code' ? publishedPorts(config).map((one) => ({ ...one, service })) : [],
  );
  if (all.length === 0) return [];
  const checked = await Promise.all(
    all.map(async (one) => ({ ...one, problem: await problemOf(one.published, isFree) })),
  );
  const wrong = checked.filter(({ problem }) => problem !== undefined);
  const name = 'Published ports';
  if (wrong.length === 0) {
    const addresses = all.map(({ published }) => `${publishedHost}:${published}`);
    return [{ name, found: `${addresses.join(', ')}, none used by others` }];
  }
  const found = wrong.map(({ service, name, problem }) => `services.${service}.publish.${name}: ${problem}`);
  const numbers = wrong.map(({ published }) => `-iTCP:${published}`);
  return [{ name, found: found.join('; '), mend: `lsof -nP -sTCP:LISTEN ${numbers.join(' ')}` }];
}

async function problemOf(
  port: number,
  isFree: (port: number) => Promise<boolean>,
): Promise<string | undefined> {
  const address = `${publishedHost}:${port}`;
  try {
    if (await isFree(port)) return undefined;
  } catch (error) {
    return `cannot listen on ${address}: ${(error as Error).message}; choose another port`;
  }
  const holder = portHolder(publishedHost, port) ?? 'another process';
  return `${address} is already in use by ${holder}; end that process, or choose another port`;
}
