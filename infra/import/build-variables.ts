import type { Draft } from './draft.ts';
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
  const received = draft.below(['services', owner, 'buildVariables']).flatMap(({ value }) => value);
  return draft.set(['services', owner, 'buildVariables'], [...received, name].map(String), from);
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
  const known = draft.below(place).flatMap(({ value }) => value);
  return draft.set(place, [...known, name].map(String), from);
}
