import { buildSecretsOf, namesOf, secretNames } from './conditions.ts';
import type { ServiceGraph } from './types.ts';

/** A secret of an environment, and who uses it. */
export interface SecretUse {
  /** `SMTP_PASSWORD` of `${{secret.SMTP_PASSWORD}}`. */
  name: string;
  /** The services that get it, or whose builds do, in start order. Empty if only images are pulled with it. */
  services: string[];
}

/** Returns the secrets that an environment uses, sorted by name. */
export function secretUsers(graph: ServiceGraph): SecretUse[] {
  const used = graph.services.map((service) => ({
    name: service.name,
    secrets: new Set([...namesOf({ services: [service] }, 'secret'), ...buildSecretsOf(service)]),
  }));
  return secretNames(graph)
    .toSorted()
    .map((name) => ({
      name,
      services: used.filter(({ secrets }) => secrets.has(name)).map((service) => service.name),
    }));
}
