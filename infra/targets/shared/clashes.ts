import { kindOf } from '../../data/index.ts';
import type { DataNode, GraphService } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';

/**
 * Returns a finding for each service that needs a resource whose name another service or the system itself already
 * uses.
 *
 * @param namesOf returns the names of a service's resources, each with its kind: `container shop-api-1`
 * @param taken names of resources that belong to no service
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
    const message = `${JSON.stringify(service.name)} is also the name of a resource of ${other}; choose another name`;
    return [{ path: ['services', service.name], message, ofKey: true }];
  });
}

/** Returns the names under which the passwords of a data server are kept. */
export function passwordsOf({ name, config }: DataNode): string[] {
  return Object.values(kindOf(config).passwords).map((suffix) => `password ${name}${suffix}`);
}
