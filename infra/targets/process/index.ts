import type { Resource } from '@pulumi/pulumi';
import { output, type Output } from '@pulumi/pulumi/output.js';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { Artifact, Release } from '../../artifacts/types.ts';
import type { CodeNode, GraphService, ServiceGraph } from '../../graph/types.ts';
import { fillVariables, type Lookup } from '../../graph/values.ts';
import type { Keys } from '../shared/keys.ts';
import { databaseName, postgresValues, redisValues, urlOf } from '../../servers/values.ts';
import type { DeployedService, Deployment, TargetContext } from '../shared/target.ts';
import { createValues, type Values } from '../shared/values.ts';
import { loopbackAddress } from './address.ts';
import * as args from './args.ts';
import { servicePaths } from '../../supervisor/paths.ts';
import { Cron, Gateway, Postgres, PreDeploy, Redis, Service } from './resources.ts';

/** Creates the resources of the process target: services run as local processes under their supervisors. */
export function deployProcesses(graph: ServiceGraph, release: Release, context: TargetContext): Deployment {
  const { root, environment } = context;
  const host = loopbackAddress(root, environment);
  const where = (name: string): args.Where => ({ root, environment, name, host });
  const values = createValues(graph, context, {
    hostOf: () => host,
    publicUrl: graph.gateway && urlOf({ host, port: graph.gateway.port }),
    volumeOf: ({ name, config }) => (config.volume ? servicePaths(where(name)).data : undefined),
  });
  const services: Record<string, DeployedService> = {};

  for (const service of graph.services) {
    const { name } = service;
    const dependsOn = service.dependsOn.flatMap((other) => services[other]?.resource ?? []);
    if (service.form === 'external') continue;
    if (service.form === 'code') {
      const { port } = service.config;
      const artifact = artifactOf(release, name);
      const resource = deployCode(service, where(name), artifact, values.lookup, dependsOn);
      const address = port === undefined ? undefined : urlOf({ host, port });
      services[name] = deployed(service, resource, values, address);
      continue;
    }
    const { config } = service;
    if (config.kind === 'postgres') {
      const database = databaseName(graph.name);
      const server = new Postgres(name, args.postgresArgs(where(name), config, database));
      const { appPassword, readonlyPassword, ownerPassword } = server;
      const address = { host, port: config.port };
      values.set(name, postgresValues({ address, database, appPassword, readonlyPassword, ownerPassword }));
      services[name] = deployed(service, server, values, `postgres://${host}:${config.port}`);
    } else {
      const server = new Redis(name, args.redisArgs(where(name), config));
      values.set(name, redisValues({ host, port: config.port }, server.password));
      services[name] = deployed(service, server, values, `redis://${host}:${config.port}`);
    }
  }
  const url = deployGateway(graph, release, where, services, values.gatewayKeys);
  return { services, ...(url !== undefined && { url }) };
}

function deployCode(
  { name, config, variables, preDeployVariables }: CodeNode,
  where: args.Where,
  artifact: Artifact,
  lookup: Lookup,
  dependsOn: Resource[],
): Resource {
  const filled = fillVariables(variables, lookup);
  if (config.preDeploy !== undefined) {
    const all = { ...filled, ...fillVariables(preDeployVariables, lookup) };
    const preDeployArgs = args.preDeployArgs(where, config.preDeploy.command, artifact, all);
    dependsOn = [...dependsOn, new PreDeploy(name, preDeployArgs, { dependsOn })];
  }
  const { cron } = config;
  if (cron !== undefined) {
    return new Cron(name, args.cronArgs(where, { ...config, cron }, artifact, filled), { dependsOn });
  }
  return new Service(name, args.serviceArgs(where, config, artifact, filled), { dependsOn });
}

function deployGateway(
  { gateway, services }: ServiceGraph,
  release: Release,
  where: (name: string) => args.Where,
  deployed: Record<string, DeployedService>,
  keys: Keys | undefined,
): Output<string> | undefined {
  if (gateway === undefined) return undefined;
  const ports = new Map(services.map(({ name, config }) => [name, config.port]));
  const gatewayArgs = args.gatewayArgs(
    where(gatewayArtifact),
    gateway,
    artifactOf(release, gatewayArtifact),
    ports,
    keys?.privateKey,
  );
  const routed = new Set(gateway.routes.map(({ to }) => to));
  new Gateway(gatewayArtifact, gatewayArgs, {
    dependsOn: [...routed].map((name) => deployed[name]!.resource),
  });
  return output(urlOf(gatewayArgs));
}

function deployed(
  service: GraphService,
  resource: Resource,
  values: Values,
  address: string | undefined,
): DeployedService {
  return { resource, provided: values.usedOf(service), ...(address !== undefined && { address }) };
}

function artifactOf(release: Release, name: string): Artifact {
  const artifact = release[name];
  if (artifact === undefined) throw new Error(`the release has no artifact of ${name}`);
  return artifact;
}
