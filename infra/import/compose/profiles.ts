import type { Tree } from '../../stack/tree.ts';
import { treeAt } from '../../stack/tree.ts';
import { refusedEnvironment } from '../environments.ts';
import type { Imported, ImportedService } from '../facts.ts';
import { defaulted } from '../ledger.ts';
import { itemsOf, textOf } from '../read.ts';
import { substitute, type Environment } from './interpolate.ts';

/** A service with the profiles in which Compose starts it; without any, it always does. */
interface Profiled {
  service: ImportedService;
  profiles: readonly Tree[];
  environment: Environment;
}

/** Moves services that Compose does not start by default to the overlays of their profiles. */
export function separateProfiles(
  imported: Imported,
  all: readonly { service: ImportedService; tree: Tree; environment: Environment }[],
): void {
  const services = all.map(({ tree, ...one }): Profiled => ({ ...one, profiles: profilesOf(tree) }));
  const optional = services.filter((one) => one.profiles.length > 0 && !isEnabled(one));
  if (optional.length === services.length) {
    for (const { profiles, environment } of optional)
      for (const profile of profiles) environment.ledger.settle(profile, ofAll);
    return;
  }
  for (const { service, profiles, environment } of optional) {
    const refused = profiles.map((profile) => addTo(imported, service, profile, environment));
    if (refused.includes(false)) imported.services = imported.services.filter((other) => other !== service);
  }
}

const ofAll = defaulted('each service has a profile, so the stack file has all of them');
const ofEnv = defaulted('.env enables the profile');

function isEnabled({ profiles, environment }: Profiled): boolean {
  const { values, ledger } = environment;
  const named = values && textOf(treeAt(values, ['COMPOSE_PROFILES']));
  const enabled = (named ?? '').split(',').map((name) => name.trim());
  const found = profiles.some((profile) => enabled.includes('*') || enabled.includes(textOf(profile) ?? ''));
  if (found) for (const profile of profiles) ledger.settle(profile, ofEnv);
  return found;
}

/** Returns whether the profile cannot be an environment. */
function addTo(
  imported: Imported,
  service: ImportedService,
  profile: Tree,
  environment: Environment,
): boolean {
  const name = substitute(textOf(profile) ?? '', environment);
  const refused = refusedEnvironment(name);
  environment.ledger.settle(
    profile,
    refused ?? { kind: 'mapped', to: `services.${service.name} in the overlay ${name}` },
  );
  if (refused === undefined)
    imported.environments.set(name, [...(imported.environments.get(name) ?? []), service]);
  return refused !== undefined;
}

const profilesOf = (tree: Tree): Tree[] => itemsOf(treeAt(tree, ['profiles']));
