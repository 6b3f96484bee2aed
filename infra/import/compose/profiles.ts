import type { Tree } from '../../stack/tree.ts';
import { treeAt } from '../../stack/tree.ts';
import { toLabel, toUnusedLabel } from '../../init/names.ts';
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
  const overlays = overlaysOf(
    optional.flatMap(({ profiles, environment }) => profiles.map((profile) => nameOf(profile, environment))),
  );
  for (const { service, profiles, environment } of optional) {
    for (const profile of profiles) addTo(imported, service, profile, { environment, overlays });
    imported.services = imported.services.filter((other) => other !== service);
  }
}

/** Returns the overlay of each profile. A name that is none of an environment gets one that no other profile has. */
function overlaysOf(names: readonly string[]): Map<string, string> {
  const isAllowed = (name: string) => refusedEnvironment(name) === undefined;
  const used = new Set(['pr', ...names.filter(isAllowed)]);
  return new Map(
    [...new Set(names)].map((name) => [name, isAllowed(name) ? name : toUnusedLabel(name, used)]),
  );
}

const ofAll = defaulted('each service has a profile, so the stack file has all of them');
const ofEnabled = defaulted('the stack file has the services of these profiles');
const ofEnv = defaulted('.env enables the profile');

function isEnabled({ profiles, environment }: Profiled): boolean {
  const { values, ledger } = environment;
  const named = values && treeAt(values, ['COMPOSE_PROFILES']);
  const enabled = (textOf(named) ?? '').split(',').map((name) => name.trim());
  const found = profiles.some((profile) => enabled.includes('*') || enabled.includes(textOf(profile) ?? ''));
  if (found) for (const profile of profiles) ledger.settle(profile, ofEnv);
  if (found && named !== undefined) ledger.settle(named, ofEnabled);
  return found;
}

function addTo(
  imported: Imported,
  service: ImportedService,
  profile: Tree,
  { environment, overlays }: { environment: Environment; overlays: ReadonlyMap<string, string> },
): void {
  const name = nameOf(profile, environment);
  const overlay = overlays.get(name) ?? name;
  environment.ledger.settle(profile, {
    ...{ kind: 'mapped', to: `services.${toLabel(service.name)} in the overlay ${overlay}` },
    ...(overlay !== name && { why: `${JSON.stringify(name)} is no name of an environment` }),
  });
  imported.environments.set(overlay, [...(imported.environments.get(overlay) ?? []), service]);
}

const nameOf = (profile: Tree, environment: Environment) => substitute(textOf(profile) ?? '', environment);

const profilesOf = (tree: Tree): Tree[] => itemsOf(treeAt(tree, ['profiles']));
