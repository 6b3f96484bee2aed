import { isCode, type CodeService, type Service, type Stack } from '../stack/schema.ts';
import { externalUrls } from './external.ts';
import { variableKey } from './meaning.ts';
import { mountedFilesOf } from './mounted-files.ts';
import { ownerVariables } from './owner.ts';
import { providedBy } from './provided.ts';
import { railwayVariables } from './railway.ts';
import type { CodeNode, GraphService, ProvidedReference, Template } from './types.ts';
import { externalKey, preDeployKey } from './variables.ts';

/**
 * Returns the services of a stack with their environment and their dependencies, in the order of the file.
 *
 * @param texts the files of the repository that services mount, by `fileKey`
 */
export function describeServices(
  stack: Stack,
  environment: string,
  templates: ReadonlyMap<string, Template>,
  texts: ReadonlyMap<string, string>,
): GraphService[] {
  const services = Object.entries(stack.services).map(([name, config]) =>
    describeService(name, config, stack, environment, templates, texts),
  );
  const used = new Map<string, Set<string>>(services.map(({ name }) => [name, new Set()]));
  for (const { service, name } of services.flatMap(providedReferences)) {
    used.get(service)?.add(name);
  }
  return services.map((service) => ({ ...service, provides: [...(used.get(service.name) ?? [])].sort() }));
}

/** Returns whether a service that uses this value connects to the value's service. */
export function makesEdge({ service, name }: ProvidedReference, stack: Stack): boolean {
  const config = stack.services[service];
  return config !== undefined && providedBy(config)[name]?.edge === true;
}

/** Returns every template of a service: its variables and files, or the addresses of an external server. */
export function templatesOf(service: GraphService): Template[] {
  switch (service.form) {
    case 'code':
      return contents(service);
    case 'data':
      return [];
    case 'external':
      return Object.values(service.addresses);
  }
}

function contents({
  variables,
  preDeployVariables,
  files,
}: Pick<CodeNode, 'variables' | 'preDeployVariables' | 'files'>): Template[] {
  return [
    ...[variables, preDeployVariables].flatMap((map) => Object.values(map)),
    ...files.map(({ content }) => content),
  ];
}

/** Returns the references of a service to values that targets determine. */
export function providedReferences(service: GraphService): ProvidedReference[] {
  return referencesIn(templatesOf(service));
}

function referencesIn(templates: Template[]): ProvidedReference[] {
  return templates.flat().filter((piece) => typeof piece === 'object' && piece.kind === 'provided');
}

function describeService(
  name: string,
  config: Service,
  stack: Stack,
  environment: string,
  templates: ReadonlyMap<string, Template>,
  texts: ReadonlyMap<string, string>,
): GraphService {
  const filled = (names: object, keyOf: (owner: string, name: string) => string) =>
    Object.fromEntries(Object.keys(names).map((key) => [key, templates.get(keyOf(name, key)) ?? []]));
  if (!isCode(config)) {
    const node = { name, config, dependsOn: [], waitsFor: [], provides: [] };
    const urls = externalUrls(config);
    return urls === undefined
      ? { form: 'data', ...node }
      : { form: 'external', ...node, addresses: filled(urls, externalKey) };
  }
  const variables = filled(config.variables, variableKey);
  const preDeployVariables = {
    ...(config.preDeploy && ownerVariables(variables, stack)),
    ...filled(config.preDeploy?.variables ?? {}, preDeployKey),
  };
  const files = mountedFilesOf(name, config, texts, templates);
  const connected = referencesIn(contents({ variables, preDeployVariables, files }))
    .filter((reference) => reference.service !== name && makesEdge(reference, stack))
    .map(({ service }) => service);
  const dependsOn = [...new Set(connected)].sort();
  const railway = railwayVariables(stack, environment, name, config, dependsOn);
  return {
    form: 'code',
    name,
    config,
    variables: { ...railway, ...variables },
    preDeployVariables,
    files,
    dependsOn,
    waitsFor: [...new Set([...dependsOn, ...orderedBefore(name, config, stack)])].sort(),
    provides: [],
  };
}

/** Returns the services that a service lists in its `dependsOn`. A name that no service has is reported. */
function orderedBefore(name: string, { dependsOn = {} }: CodeService, { services }: Stack): string[] {
  return Object.keys(dependsOn).filter((other) => other !== name && Object.hasOwn(services, other));
}
