import type { Finding } from '../stack/finding.ts';
import type { LoadedStack } from '../stack/load.ts';
import { sortProblems, StackError } from '../stack/problem.ts';
import { publicHostOf } from '../stack/route-address.ts';
import type { Stack } from '../stack/schema.ts';
import { checkBuildVariables, withBuildValues } from './build-variables.ts';
import { checkBindMounts } from './check-bind-mounts.ts';
import { checkAddresses, type AddressTemplate } from './check-addresses.ts';
import { checkSources } from './check-commands.ts';
import { checkConnections } from './check-connections.ts';
import { checkDataImages } from './check-data-images.ts';
import { checkDependsOn } from './check-depends-on.ts';
import { checkKubernetes } from './check-kubernetes.ts';
import { checkQueues } from './check-queues.ts';
import { checkStack } from './checks.ts';
import { checkVolumes } from './check-volumes.ts';
import { checkConditions, type Conditions } from './conditions.ts';
import { createLookup } from './lookup.ts';
import { readMountedFiles } from './mounted-files.ts';
import { openedPorts } from './opened-ports.ts';
import { formatCycle, sortByDependency } from './order.ts';
import { withRuntimes } from './runtimes.ts';
import { describeServices, makesEdge } from './services.ts';
import type { CheckedGraph, Edge, GraphService, Template } from './types.ts';
import { resolveVariables } from './variables.ts';

/**
 * Builds the graph of a stack: its services in start order, with checked references. Also checks that they can run
 * under the given conditions. Throws StackError with all problems, including those that loading found.
 */
export function buildGraph(
  loaded: LoadedStack,
  environment: string,
  conditions: Conditions = {},
): CheckedGraph {
  const stack = withRuntimes(loaded.stack, loaded.root);
  const { templates, findings, openPlaces } = resolveVariables(stack, createLookup(stack, environment));
  const mounted = readMountedFiles(stack, loaded.filesRoot);
  const described = describeServices(stack, environment, templates, mounted.texts);
  const byName = new Map(described.map((service) => [service.name, service]));
  const { order, cycles } = sortByDependency(
    new Map(described.map(({ name, waitsFor }) => [name, waitsFor])),
  );
  const circles = cycles.map((cycle) => startCycle(cycle, byName, stack));
  // Services in a cycle have no order, but they are checked too.
  const found = [...new Set([...order, ...byName.keys()])].flatMap((name) => byName.get(name) ?? []);
  const edges = found.flatMap((service) => service.dependsOn.map((to) => edgeOf(service, to, stack)));
  const { volumes, gateway, images, imagePullSecrets, kubernetes, observability } = stack;
  const name = conditions.identity ?? stack.name;
  const whole = { volumes, gateway, images, imagePullSecrets, kubernetes, observability };
  const about = { name, environment, edges, ...whole };
  const { target, projectPath = loaded.root } = conditions;
  const { sharesAddress = target?.containers === undefined } = conditions;
  const publicUrlOf = (service: string) =>
    target?.publicUrl?.(about, projectPath, publicHostOf(gateway, service));
  const services = found.map((service) => withBuildValues(service, publicUrlOf));
  const graph = { ...about, services };

  const addresses = services.flatMap(addressTemplates);
  const problems = loaded.place([
    ...findings,
    ...mounted.findings,
    ...checkAddresses(addresses, stack),
    ...checkStack(stack, sharesAddress),
    ...checkDataImages(stack),
    ...checkDependsOn(stack),
    ...checkKubernetes(stack),
    ...(conditions.isPinned ? [] : checkSources(stack, loaded.root)),
    ...checkQueues(stack),
    ...checkVolumes(stack),
    ...checkBindMounts(stack, loaded.root),
    ...checkBuildVariables(services, target),
    ...checkConnections(services),
    ...circles,
    ...checkConditions(graph, conditions, addresses, openPlaces),
  ]);
  if (problems.some(({ warning }) => !warning)) throw new StackError(problems);
  return { ...graph, warnings: sortProblems(problems) };
}

function edgeOf(from: GraphService, to: string, { services }: Stack): Edge {
  const config = services[to];
  const ports = config && openedPorts(from, to, config);
  return { from: from.name, to, ...(ports !== undefined && { ports }) };
}

/** Returns the variables that the stack file declares, without Railway's, which users cannot change. */
function addressTemplates(service: GraphService): AddressTemplate[] {
  if (service.form !== 'code') return [];
  const { name, config, variables, preDeployVariables } = service;
  const all = (below: string[], declared: object, templates: Record<string, Template>) =>
    Object.keys(declared).map((key) => ({
      path: ['services', name, ...below, key],
      template: templates[key] ?? [],
    }));
  return [
    ...all(['variables'], config.variables, variables),
    ...all(['preDeploy', 'variables'], config.preDeploy?.variables ?? {}, preDeployVariables),
  ];
}

/** Reports a cycle of services at the variable, or the entry of `dependsOn`, that makes the first depend on the second. */
function startCycle(cycle: string[], byName: Map<string, GraphService>, stack: Stack): Finding {
  const [first = '', second = ''] = cycle;
  const message =
    `services wait for each other to start: ${formatCycle(cycle)}; ` +
    'a reference to a public address (PUBLIC_URL) does not affect the start order';
  const service = byName.get(first);
  if (service?.form !== 'code') {
    return { path: ['services', first], message };
  }
  const waits = (template: Template = []) =>
    template.some(
      (piece) =>
        typeof piece === 'object' &&
        piece.kind === 'provided' &&
        piece.service === second &&
        makesEdge(piece, stack),
    );
  if (Object.hasOwn(service.config.dependsOn ?? {}, second))
    return { path: ['services', first, 'dependsOn', second], message };
  const variable = Object.keys(service.config.variables).find((name) => waits(service.variables[name]));
  const preDeploy = Object.keys(service.preDeployVariables).find((name) =>
    waits(service.preDeployVariables[name]),
  );
  const file = service.files.findIndex(({ content }) => waits(content));
  const below =
    variable !== undefined
      ? ['variables', variable]
      : preDeploy !== undefined
        ? ['preDeploy', 'variables', preDeploy]
        : ['files', file, 'content'];
  return { path: ['services', first, ...below], message };
}
