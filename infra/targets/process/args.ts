import type { Text } from '../../plan/hole.ts';
import { artifactName } from '../../artifacts/name.ts';
import type { Artifact } from '../../artifacts/types.ts';
import { defaultStart } from '../../artifacts/entries.ts';
import { publishedHost } from '../../common/loopback.ts';
import { hostsOf, localHostsOf, loopbackHosts } from '../../gateway/hosts.ts';
import { routesOf } from '../../gateway/routes.ts';
import { connectionsOf, kindOf, type DataService } from '../../data/index.ts';
import type { DataConfig } from '../../data/kind.ts';
import { runsOnNode } from '../../runtimes/index.ts';
import { cronOptions } from '../../stack/cron.ts';
import { namedPorts, publishedPorts } from '../../stack/ports.ts';
import { mountsOf } from '../../stack/volumes.ts';
import { httpHealth } from '../../stack/health.ts';
import { routedPort, type RouteTarget } from '../../stack/route-address.ts';
import type { CodeService, Gateway } from '../../stack/schema.ts';
import type { Place } from '../../supervisor/paths.ts';
import { servicePaths } from '../../supervisor/paths.ts';
import { databaseName, urlOf } from '../shared/service-values.ts';
import { canaryArgs } from '../shared/canary-args.ts';
import { minReady, readyTimeout } from '../shared/rollout-times.ts';
import type { Args, GatewayArgs } from './resources.ts';
import type { CronInputs } from './kinds/cron.ts';
import type { DataServerInputs } from './kinds/data-server.ts';
import type { PreDeployInputs } from './kinds/pre-deploy.ts';
import type { ServiceInputs } from './kinds/service.ts';

/** The place of a service and the address of its environment: inputs of every kind of resource. */
export interface Where extends Place {
  /** The environment's loopback address. */
  host: string;
}

type Variables = Args<ServiceInputs>['variables'];

export function serviceArgs(
  where: Where,
  config: CodeService,
  artifact: Artifact,
  variables: Variables,
): Args<ServiceInputs> {
  const { port, health, replicas, volume } = config;
  const mounts = mountsOf(where.name, config);
  const ports = namedPorts(config).map(({ variable, port, protocol }) => ({ variable, port, protocol }));
  return {
    ...codeArgs(where, config, artifact, variables),
    ...(port !== undefined && { port }),
    ...(ports.length > 0 && { ports }),
    ...publishedArgs(where, config),
    replicas: replicas.min,
    ...healthArgs(health),
    timeout: readyTimeout(config),
    ...(minReady(config) > 0 && { minReady: minReady(config) }),
    ...canaryArgs(config),
    ...(volume !== undefined && { volume: servicePaths(where).data }),
    ...(mounts.length > 0 && { volumes: mounts.map(({ id }) => servicePaths({ ...where, name: id }).data) }),
  };
}

/** On a machine with a single loopback address, a port that is published by its own number already listens there. */
function publishedArgs({ host }: Where, config: CodeService): Pick<Args<ServiceInputs>, 'published'> {
  const published = publishedPorts(config)
    .filter((one) => host !== publishedHost || one.published !== one.port)
    .map(({ published: port, named }) => ({
      host: publishedHost,
      port,
      ...(named !== undefined && { variable: named.variable }),
    }));
  return published.length > 0 ? { published } : {};
}

/** A check by a connection is the default of a service with a port. */
function healthArgs(health: CodeService['health']): Pick<Args<ServiceInputs>, 'health' | 'check'> {
  const http = httpHealth(health);
  if (http !== undefined) return { health: http };
  return health?.command === undefined ? {} : { check: { command: health.command } };
}

export function cronArgs(
  where: Where,
  config: CodeService & { cron: NonNullable<CodeService['cron']> },
  artifact: Artifact,
  variables: Variables,
): Args<CronInputs> {
  return { ...codeArgs(where, config, artifact, variables), ...cronOptions(config.cron) };
}

export function preDeployArgs(
  where: Where,
  config: CodeService,
  command: string[],
  artifact: Artifact,
  variables: Variables,
): Args<PreDeployInputs> {
  // A command does not run again because of another folder.
  const name = artifactName(artifact);
  return {
    ...where,
    artifact: name,
    folder: artifact.path,
    ...runtimeArgs(config),
    commands: command,
    variables,
  };
}

export function dataServerArgs(where: Where, config: DataService, stack: string): Args<DataServerInputs> {
  const { version, port, connections, settings, extensions, buckets, pooler }: DataConfig = config;
  return {
    ...where,
    version,
    port,
    ...(kindOf(config).hasDatabase && { database: databaseName(stack) }),
    ...(connections !== undefined && { connections }),
    ...(settings !== undefined && { settings }),
    ...(buckets !== undefined && { buckets }),
    ...(extensions !== undefined && { extensions }),
    ...(pooler !== undefined && { pooler: { port: pooler, connections: connectionsOf(config) ?? 0 } }),
  };
}

/** Returns the gateway's arguments. `services`: those of the graph. `signingKey`: signs requests to services. */
export function gatewayArgs(
  where: Where,
  config: Gateway,
  artifact: Artifact,
  services: Parameters<typeof routedPort>[0],
  signingKey?: Text,
): GatewayArgs {
  const { rateLimit, cors, port, trustedHeaders } = config;
  const names = localHostsOf(config);
  const originOf = (target: RouteTarget) => urlOf({ host: where.host, port: routedPort(services, target) });
  return {
    ...where,
    artifact: artifact.hash,
    folder: artifact.path,
    port,
    routes: routesOf(config, originOf, true),
    ...(rateLimit !== undefined && { rateLimit }),
    cors: { origins: cors.origins },
    trustedHeaders,
    hosts: hostsOf(config, [where.host, ...loopbackHosts, ...names]),
    // Names below `localhost` lead to this address, and no other one.
    ...(names.length > 0 && where.host !== publishedHost && { alsoAt: publishedHost }),
    ...(signingKey !== undefined && { signingKey }),
  };
}

function codeArgs(where: Where, config: CodeService, artifact: Artifact, variables: Variables) {
  return {
    ...where,
    artifact: artifact.hash,
    folder: artifact.path,
    ...runtimeArgs(config),
    command: config.start ?? defaultStart,
    restart: { policy: config.restart.policy, maxRetries: config.restart.maxRetries },
    drain: config.drain,
    ...(config.stopSignal !== undefined && { stopSignal: config.stopSignal }),
    variables,
  };
}

/** Returns the runtime of a service. Node, which every process can use, is left out. */
function runtimeArgs(config: CodeService): Pick<ServiceInputs, 'runtime'> {
  if (config.kind !== 'source' || runsOnNode(config.runtime)) return {};
  return { runtime: config.runtime?.name };
}
