import { join } from 'node:path';
import { defaultStart } from '../../artifacts/entries.ts';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { Artifact, Release } from '../../artifacts/types.ts';
import { kindOf } from '../../data/index.ts';
import type { CodeNode, ServiceGraph } from '../../graph/types.ts';
import { runsOnce } from '../../stack/schema.ts';
import { outputOf, type Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import type { ResourceList } from '../../plan/resource.ts';
import { fillVariables, type Lookup } from '../../plan/template.ts';
import { urlOf } from '../shared/service-values.ts';
import { servicePaths } from '../../supervisor/paths.ts';
import { providedValues } from '../shared/data-server.ts';
import type { Keys } from '../shared/keys.ts';
import type { Plan, PlannedService, TargetContext } from '../shared/target.ts';
import { createValues } from '../shared/values.ts';
import { loopbackAddress, processUrl } from './address.ts';
import * as args from './args.ts';
import { dataServer, types } from './resources.ts';

/** Plans the resources of the process target: services run as local processes under their supervisors. */
export function planProcesses(graph: ServiceGraph, release: Release, context: TargetContext): Plan {
  const { root, environment, resources } = context;
  const host = loopbackAddress(root, environment);
  const where = (name: string): args.Where => ({ root, environment, name, host });
  const values = createValues(graph, context, {
    hostOf: () => host,
    publicUrl: (name) => processUrl(graph, root, name),
    volumeOf: ({ name, config }) => (config.volume ? servicePaths(where(name)).data : undefined),
    pathOf: ({ id }) => servicePaths(where(id)).data,
    bindPathOf: ({ source }) => join(root, source),
  });
  const services: Record<string, PlannedService> = {};

  for (const service of graph.services) {
    const { name } = service;
    const dependsOn = service.waitsFor.flatMap((other) => services[other]?.resource ?? []);
    if (service.form === 'external') continue;
    if (service.form === 'code') {
      const { port } = service.config;
      const artifact = artifactOf(release, name);
      const resource = planCode(resources, service, where(name), artifact, values.lookup, dependsOn);
      const address = port === undefined ? undefined : urlOf({ host, port });
      services[name] = planned(resource, address);
      continue;
    }
    const { config } = service;
    const { title, scheme, logins } = kindOf(config);
    const serverArgs = args.dataServerArgs(where(name), config, graph.name);
    const server = resources.add(name, dataServer(title), name, serverArgs);
    const passwords = Object.entries(logins).map(([login, { output }]): [string, Text] => [
      login,
      outputOf(server, output, { secret: true }),
    ]);
    const place = { stack: graph.name, host, pooler: host };
    values.set(name, providedValues(service, place, Object.fromEntries(passwords)));
    services[name] = planned(server, `${scheme}://${host}:${config.port}`);
  }
  const url = planGateway(resources, graph, release, where, services, values.gatewayKeys);
  return { services, values: values.all(), ...(url !== undefined && { url }) };
}

function planCode(
  resources: ResourceList,
  { name, config, variables, preDeployVariables }: CodeNode,
  where: args.Where,
  artifact: Artifact,
  lookup: Lookup,
  dependsOn: PlannedResource[],
): PlannedResource {
  const filled = fillVariables(variables, lookup);
  if (config.preDeploy !== undefined) {
    const all = { ...filled, ...fillVariables(preDeployVariables, lookup) };
    const preDeployArgs = args.preDeployArgs(where, config, config.preDeploy.command, artifact, all);
    dependsOn = [...dependsOn, resources.add(name, types.preDeploy, name, preDeployArgs, { dependsOn })];
  }
  if (runsOnce(config)) {
    const command = [config.start ?? defaultStart];
    const onceArgs = { ...args.preDeployArgs(where, config, command, artifact, filled), isService: true };
    return resources.add(name, types.preDeploy, name, onceArgs, { dependsOn });
  }
  const { cron } = config;
  if (cron !== undefined) {
    const cronArgs = args.cronArgs(where, { ...config, cron }, artifact, filled);
    return resources.add(name, types.cron, name, cronArgs, { dependsOn });
  }
  const serviceArgs = args.serviceArgs(where, config, artifact, filled);
  return resources.add(name, types.service, name, serviceArgs, { dependsOn });
}

function planGateway(
  resources: ResourceList,
  { gateway, services }: ServiceGraph,
  release: Release,
  where: (name: string) => args.Where,
  planned: Record<string, PlannedService>,
  keys: Keys | undefined,
): string | undefined {
  if (gateway === undefined) return undefined;
  const gatewayArgs = args.gatewayArgs(
    where(gatewayArtifact),
    gateway,
    artifactOf(release, gatewayArtifact),
    services,
    keys?.privateKey,
  );
  const routed = new Set(gateway.routes.map(({ to }) => to));
  resources.add(gatewayArtifact, types.gateway, gatewayArtifact, gatewayArgs, {
    dependsOn: [...routed].map((name) => planned[name]!.resource),
  });
  return urlOf(gatewayArgs);
}

function planned(resource: PlannedResource, address: string | undefined): PlannedService {
  return { resource, ...(address !== undefined && { address }) };
}

function artifactOf(release: Release, name: string): Artifact {
  const artifact = release[name];
  if (artifact === undefined) throw new Error(`the release has no artifact of ${name}`);
  return artifact;
}
