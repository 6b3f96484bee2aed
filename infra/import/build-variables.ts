import type { Draft } from './draft.ts';
import { referencesIn } from './names.ts';
import type { Fact, ImportedService } from './facts.ts';
import { cannot, type Outcome } from './ledger.ts';

type Named = Fact<string> & { name: string };

/**
 * A plain value is an argument of the Dockerfile. A value with references, and one without a Dockerfile, is a variable of the service
 * that its build receives.
 */
export function writeBuildVariable(
  draft: Draft,
  { variables, facts }: ImportedService,
  owner: string,
  { name, value, from }: Named,
): Outcome {
  if (value.includes('${{secret.'))
    return facts.dockerfile === undefined
      ? writeBuildSecret(draft, owner, { name, value, from })
      : ofDockerfile;
  if (!value.includes('${{') && facts.dockerfile !== undefined)
    return draft.set(['services', owner, 'dockerfile', 'args', name], value, from);
  const own = /^\$\{\{\s*(\w+)\s*\}\}$/.exec(value)?.[1];
  if (own !== undefined && !variables.has(own)) {
    const next = `write \`variables.${own}\`, and its name in \`buildVariables\``;
    return cannot(`no file has the value of ${own}`, next);
  }
  if (!variables.has(name)) draft.set(['services', owner, 'variables', name], value, from);
  const place = ['services', owner, 'buildVariables'];
  return draft.set(place, [...namesAt(draft, place), name], from);
}

/** Variables that frameworks of frontends write into the code which browsers load. */
const readByBuild =
  /^(NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NG_APP|STORYBOOK)_/;

/** Names of addresses that are known before a deployment. */
const publicAddress = /^(RAILWAY_PUBLIC_DOMAIN|PUBLIC_DOMAIN|PUBLIC_URL)$/;

/** Lets a build have the variables that its framework reads: the platform gives it all variables of the service. */
export function writeFrontendVariables(
  draft: Draft,
  { variables, facts, isBuilt = false }: ImportedService,
  owner: string,
): void {
  if (!isBuilt || facts.dockerfile !== undefined) return;
  const isKnown = (name: string) =>
    referencesIn(String(draft.get('services', owner, 'variables', name))).every(
      ([scope, variable]) => scope !== 'secret' && publicAddress.test(variable),
    );
  const names = [...variables.keys()].filter((name) => readByBuild.test(name) && isKnown(name));
  addBuildVariables(draft, owner, names);
}

/** Adds variables to those that a build has. */
export function addBuildVariables(draft: Draft, owner: string, names: readonly string[]): void {
  const place = ['services', owner, 'buildVariables'];
  const all = [...new Set([...namesAt(draft, place), ...names])];
  if (all.length > 0) draft.set(place, all);
}

function namesAt(draft: Draft, place: string[]): string[] {
  return draft.below(place).flatMap(({ value }) => [value].flat().map(String));
}

const ofDockerfile = cannot(
  'the build of a Dockerfile gets no secrets',
  'read the secret when the service starts, or write `build` and `buildSecrets` in place of the Dockerfile',
);

/** A build has a secret under the name of the secret. */
function writeBuildSecret(draft: Draft, owner: string, { name, value, from }: Named): Outcome {
  if (value !== `\${{secret.${name}}}`)
    return cannot(
      'a build has a secret under its own name',
      `write \`buildSecrets: [${name}]\`, and set this secret`,
    );
  const place = ['services', owner, 'buildSecrets'];
  return draft.set(place, [...namesAt(draft, place), name], from);
}
