import { passwordFiles } from './containers/postgres/roles.ts';
import type { GraphService } from '../graph/types.ts';
import type { Service } from '../stack/schema.ts';
import type { Finding } from '../stack/finding.ts';

/**
 * A finding for each service of which the target would make something under a name that is taken already.
 *
 * @param namesOf names of what the target makes of a service, of its own kind each: `container shop-api-1`
 * @param taken names of what it makes besides
 */
export function clashes(
  services: GraphService[],
  namesOf: (service: GraphService) => string[],
  taken: string[] = [],
): Finding[] {
  const owners = new Map(taken.map((name) => [name, 'the system itself']));
  return services.flatMap((service) => {
    const names = namesOf(service);
    const other = names.map((name) => owners.get(name)).find((owner) => owner !== undefined);
    for (const name of names) owners.set(name, JSON.stringify(service.name));
    if (other === undefined) return [];
    const message = `${JSON.stringify(service.name)} is called as something that is made for ${other}; choose another name`;
    return [{ path: ['services', service.name], message, ofKey: true }];
  });
}

/** Names under which the passwords of a data server are kept. */
export function passwordsOf(name: string, { kind }: Service): string[] {
  if (kind === 'redis') return [`password ${name}`];
  return kind === 'postgres' ? passwordFiles.map((role) => `password ${name}-${role}`) : [];
}
