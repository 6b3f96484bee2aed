import type { Service, Stack } from '../stack/schema.ts';
import { externalUrls } from './external.ts';
import { variableKey } from './meaning.ts';
import { ownerVariables } from './owner.ts';
import { provided } from './provided.ts';
import { railwayVariables } from './railway.ts';
import type { GraphService, ProvidedReference, Template } from './types.ts';
import { externalKey, preDeployKey } from './variables.ts';

/** Returns the services of a stack with their environment and their dependencies, in the order of the file. */
export function describeServices(
  stack: Stack,
  environment: string,
  templates: ReadonlyMap<string, Template>,
): GraphService[] {
  const services = Object.entries(stack.services).map(([name, config]) =>
    describeService(name, config, stack, environment, templates),
  );
  const used = new Map<string, Set<string>>(services.map(({ name }) => [name, new Set()]));
  for (const { service, name } of services.flatMap(providedReferences)) {
    used.get(service)?.add(name);
  }
  return services.map((service) => ({ ...service, provides: [...(used.get(service.name) ?? [])].sort() }));
}

/** Returns whether a service that uses this value connects to the value's service. */
export function makesEdge({ service, name }: ProvidedReference, stack: Stack): boolean {
  const kind = stack.services[service]?.kind;
  return kind !== undefined && provided[kind][name]?.edge === true;
}

export function providedReferences({
  variables,
  preDeployVariables,
}: Pick<GraphService, 'variables' | 'preDeployVariables'>): ProvidedReference[] {
  return [variables, preDeployVariables]
    .flatMap((map) => Object.values(map).flat())
    .filter((piece) => typeof piece === 'object' && piece.kind === 'provided');
}

function describeService(
  name: string,
  config: Service,
  stack: Stack,
  environment: string,
  templates: ReadonlyMap<string, Template>,
): GraphService {
  const filled = (names: object, keyOf: (owner: string, name: string) => string) =>
    Object.fromEntries(Object.keys(names).map((key) => [key, templates.get(keyOf(name, key)) ?? []]));
  if (config.kind === 'postgres' || config.kind === 'redis') {
    const external = filled(externalUrls(config), externalKey);
    return { name, config, variables: {}, preDeployVariables: {}, external, dependsOn: [], provides: [] };
  }
  const variables = filled(config.variables, variableKey);
  const preDeployVariables = {
    ...(config.preDeploy && ownerVariables(variables, stack)),
    ...filled(config.preDeploy?.variables ?? {}, preDeployKey),
  };
  const connected = providedReferences({ variables, preDeployVariables })
    .filter((reference) => reference.service !== name && makesEdge(reference, stack))
    .map(({ service }) => service);
  const dependsOn = [...new Set(connected)].sort();
  const railway = railwayVariables(stack, environment, name, config, dependsOn);
  return {
    name,
    config,
    variables: { ...railway, ...variables },
    preDeployVariables,
    external: {},
    dependsOn,
    provides: [],
  };
}
