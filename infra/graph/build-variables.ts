import type { Finding } from '../stack/finding.ts';
import { suggest } from '../stack/nearest.ts';
import type { SourceService } from '../stack/schema.ts';
import { publicName, publicValues } from './public-address.ts';
import type { GraphService, Reference, Template } from './types.ts';

/** A target, as far as builds depend on it. */
interface Target {
  name: string;
  publicUrl?: unknown;
}

/** Checks the variables of builds: a build runs before the deployment, and every user of its artifact can read them. */
export function checkBuildVariables(services: readonly GraphService[], target?: Target): Finding[] {
  return services.flatMap((service): Finding[] => {
    if (service.form !== 'code' || service.config.kind !== 'source') return [];
    const { name, config, variables } = service;
    const { build, dockerfile, buildVariables } = config;
    const path = ['services', name, 'buildVariables'];
    if (build === undefined && dockerfile === undefined && buildVariables.length > 0) {
      const message = 'must be left out without "build" and "dockerfile": nothing else uses them';
      return [{ path, message }];
    }
    const problems = buildVariables.flatMap((variable, index) => {
      const message = problemOf(variable, variables, target);
      return message === undefined ? [] : [{ path: [...path, index], message: `"${variable}" ${message}` }];
    });
    return [...problems, ...checkSecrets(name, config)];
  });
}

function checkSecrets(name: string, { build, buildVariables, buildSecrets = [] }: SourceService): Finding[] {
  const path = ['services', name, 'buildSecrets'];
  if (buildSecrets.length === 0) return [];
  if (build === undefined) {
    return [{ path, message: 'must be left out without "build": nothing else uses them' }];
  }
  return buildSecrets.flatMap((secret, index) =>
    buildVariables.includes(secret)
      ? [{ path: [...path, index], message: `"${secret}" is in "buildVariables" too` }]
      : [],
  );
}

function problemOf(
  variable: string,
  variables: Readonly<Record<string, Template>>,
  target?: Target,
): string | undefined {
  const template = variables[variable];
  if (template === undefined) {
    return `is not a variable of the service; ${suggest(variable, Object.keys(variables))}`;
  }
  const references = template.filter((piece) => typeof piece === 'object');
  const open = references.find((reference) => publicName(reference) === undefined);
  const accepted = 'a build accepts plain values and public addresses, such as PUBLIC_URL';
  if (open?.kind === 'secret') return `contains the secret ${open.name}; name it in "buildSecrets"`;
  if (open !== undefined) return `contains ${written(open)}, which only a deployment knows; ${accepted}`;
  const [address] = references;
  if (address === undefined || target === undefined || target.publicUrl !== undefined) return undefined;
  return `contains ${written(address)}, which the target ${target.name} knows only at deployment; a build accepts plain values`;
}

function written(reference: Reference): string {
  const scope = reference.kind === 'provided' ? reference.service : reference.kind;
  return `\${{${scope}.${reference.name}}}`;
}

/**
 * Returns a service with the values of its `buildVariables`.
 *
 * @param publicUrlOf returns the URL of a service; if it returns undefined, references stay as they are written
 */
export function withBuildValues<Service extends GraphService>(
  service: Service,
  publicUrlOf: (service: string) => string | undefined,
): Service {
  if (service.form !== 'code' || service.config.kind !== 'source') return service;
  const { config, variables } = service;
  if (config.buildVariables.length === 0) return service;
  const text = (piece: string | Reference) => {
    if (typeof piece === 'string') return piece;
    const name = publicName(piece);
    const url = piece.kind === 'provided' ? publicUrlOf(piece.service) : undefined;
    return name === undefined || url === undefined ? written(piece) : publicValues(url)[name];
  };
  const values = config.buildVariables.map((name) => [name, (variables[name] ?? []).map(text).join('')]);
  return { ...service, buildValues: Object.fromEntries(values) as Record<string, string> };
}
