import type { GraphService, Reference, Template } from '../../graph/types.ts';

/** An environment that gets services of another one. */
interface Destination {
  /** The path of its stack file. */
  stackFile: string;
  services: readonly GraphService[];
}

/**
 * Reports references that promoted services have in the source and not in the destination: their code ran with these values. A
 * variable without a reference is a choice of the environment, and its absence is no problem.
 *
 * @param from name of the source
 */
export function referenceProblems(
  only: readonly string[],
  source: readonly GraphService[],
  from: string,
  to: Destination,
): string[] {
  return only.flatMap((name) => {
    const given = variablesOf(source.find((service) => service.name === name));
    const there = variablesOf(to.services.find((service) => service.name === name));
    return Object.entries(given).flatMap(([variable, template]) => {
      const references = template.filter((piece) => typeof piece === 'object').map(nameOf);
      if (references.length === 0 || there[variable] !== undefined) return [];
      return [
        `${name}: ${from} gives it ${variable} from ${references.join(' and ')}, and ${to.stackFile} does not. Add the variable there.`,
      ];
    });
  });
}

/** Returns the variables that a service declares, without those that every service gets. */
function variablesOf(service: GraphService | undefined): Record<string, Template> {
  if (service?.form !== 'code') return {};
  const { config, variables, preDeployVariables } = service;
  const declared = Object.keys(config.variables).map((name) => [name, variables[name] ?? []] as const);
  const preDeploy = Object.keys(config.preDeploy?.variables ?? {}).map(
    (name) => [`${name} of preDeploy`, preDeployVariables[name] ?? []] as const,
  );
  return Object.fromEntries([...declared, ...preDeploy]);
}

function nameOf(reference: Reference): string {
  return `\${{${reference.kind === 'provided' ? reference.service : reference.kind}.${reference.name}}}`;
}
