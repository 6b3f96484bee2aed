import { toLabel } from '../init/names.ts';
import { label } from '../stack/names.ts';
import type { Imported, ImportedService } from './facts.ts';
import { cannot, type Outcome } from './ledger.ts';
import { ofPullRequests } from './take.ts';

/** Returns why there is no environment of a name; undefined if there can be. The name becomes a part of the name of a file. */
export function refusedEnvironment(name: string): Outcome | undefined {
  if (name === 'pr') return ofPullRequests;
  if (label.safeParse(name).success) return undefined;
  return cannot(
    `${JSON.stringify(name)} is no name of an environment: lower-case letters, digits and "-"`,
    `rename it, such as ${toLabel(name)}, then import again`,
  );
}

/** Returns the services of all environments, and those that only some have. What differs in an environment is left out. */
export function wholeServices({ services, environments }: Imported): ImportedService[] {
  const others = [...environments.values()].flat();
  const own = others.filter(({ name }) => services.every((service) => service.name !== name));
  return [...services, ...new Set(own)];
}
