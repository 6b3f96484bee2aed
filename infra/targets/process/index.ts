import type { Resource } from '@pulumi/pulumi';
import { output, type Output } from '@pulumi/pulumi/output.js';
import { gatewayArtifact } from '../../artifacts/release.ts';
import type { Artifact, Release } from '../../artifacts/types.ts';
import { providedReferences } from '../../graph/services.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import { fillVariables, type Lookup } from '../../graph/values.ts';
import type { CodeService } from '../../stack/schema.ts';
import type { DeployedService, Deployment, TargetContext } from '../target.ts';
import { loopbackAddress } from './address.ts';
import * as args from './args.ts';
import { servicePaths } from './paths.ts';
import { codeValues, postgresValues, redisValues, urlOf, type ProvidedValues } from './provided.ts';
import { Cron, Gateway, KeyPair, Postgres, PreDeploy, Redis, Service } from './resources.ts';

/** Services as processes of this machine, looked after by supervisors of ours. */
export function deployProcesses(graph: ServiceGraph, release: Release, context: TargetContext): Deployment {
  const { root, environment } = context;
  const host = loopbackAddress(root, environment);
  const where = (name: string): args.Where => ({ root, environment, name, host });
  const values = codeServiceValues(graph, where);
  const keys = gatewayKeys(graph, where);
  if (keys !== undefined) values.set(gatewayArtifact, { PUBLIC_KEYS: keys.publicKey });
  const lookup = createLookup(values, context);
  const services: Record<string, DeployedService> = {};

  for (const service of graph.services) {
    const { name, config } = service;
    const dependsOn = service.dependsOn.map((other) => services[other]!.resource);
    if (config.kind === 'postgres') {
      const database = args.databaseName(graph.name);
      const server = new Postgres(name, args.postgresArgs(where(name), config, database));
      values.set(name, postgresValues({ host, port: config.port }, database, server));
      services[name] = deployed(service, server, values, `postgres://${host}:${config.port}`);
    } else if (config.kind === 'redis') {
      const server = new Redis(name, args.redisArgs(where(name), config));
      values.set(name, redisValues({ host, port: config.port }, server));
      services[name] = deployed(service, server, values, `redis://${host}:${config.port}`);
    } else {
      const artifact = artifactOf(release, name);
      const resource = deployCode(service, config, where(name), artifact, lookup, dependsOn);
      const address = config.port === undefined ? undefined : urlOf({ host, port: config.port });
      services[name] = deployed(service, resource, values, address);
    }
  }
  const url = deployGateway(graph, release, where, services, keys);
  return { services, ...(url !== undefined && { url }) };
}

function deployCode(
  { name, variables, preDeployVariables }: GraphService,
  config: CodeService,
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
  keys: KeyPair | undefined,
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

/** The key that the gateway signs its requests with, made once some service wants to verify them. */
function gatewayKeys({ services }: ServiceGraph, where: (name: string) => args.Where): KeyPair | undefined {
  const isUsed = services.flatMap(providedReferences).some(({ service }) => service === gatewayArtifact);
  if (!isUsed) return undefined;
  const { root, environment, name } = where(gatewayArtifact);
  return new KeyPair(name, { root, environment, name });
}

/**
 * What services of code offer, known before any of them is made: a public address or key makes no start
 * order, so a service may use those of a later one.
 */
function codeServiceValues(
  { services, gateway }: ServiceGraph,
  where: (name: string) => args.Where,
): Map<string, ProvidedValues> {
  const routed = new Set(gateway?.routes.map(({ to }) => to));
  return new Map(
    services.map(({ name, config, provides }) => {
      const { host, ...place } = where(name);
      const publicAddress = gateway && routed.has(name) ? { host, port: gateway.port } : undefined;
      const hasKeys = provides.some((variable) => variable.startsWith('IDENTITY_'));
      const keys = hasKeys ? new KeyPair(name, place) : undefined;
      const volume = 'volume' in config && config.volume ? servicePaths(place).data : undefined;
      return [name, codeValues({ host, port: config.port, publicAddress, volume, keys })];
    }),
  );
}

function createLookup(values: ReadonlyMap<string, ProvidedValues>, context: TargetContext): Lookup {
  return (reference) => {
    if (reference.kind === 'secret') return context.secret(reference.name);
    const value = values.get(reference.service)?.[reference.name];
    if (value === undefined) throw new Error(`${reference.service} does not provide ${reference.name}`);
    return value;
  };
}

function deployed(
  { name, provides }: GraphService,
  resource: Resource,
  values: ReadonlyMap<string, ProvidedValues>,
  address: string | undefined,
): DeployedService {
  const offered = Object.entries(values.get(name) ?? {});
  const provided = Object.fromEntries(offered.filter(([variable]) => provides.includes(variable)));
  return { resource, provided, ...(address !== undefined && { address }) };
}

function artifactOf(release: Release, name: string): Artifact {
  const artifact = release[name];
  if (artifact === undefined) throw new Error(`the release has no artifact of ${name}`);
  return artifact;
}
