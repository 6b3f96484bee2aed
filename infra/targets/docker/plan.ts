import type { Input } from '@pulumi/pulumi';
import type { Release } from '../../artifacts/types.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { DataContainer } from '../containers/data-container.ts';
import { planNetworks } from './networks.ts';
import { planCode } from './plan-code.ts';
import { planData } from './plan-data.ts';
import { planGateway } from './plan-gateway.ts';

/** Everything a stack is on a Docker daemon. Names of networks and volumes are whole; a container's gets a suffix. */
export interface DockerPlan {
  networks: NetworkPlan[];
  volumes: VolumePlan[];
  /** In start order. */
  containers: ContainerPlan[];
}

export interface NetworkPlan {
  /** `rota-docker.web.api`: web may connect to api. */
  name: string;
  /** The service that owns it: its connections end or begin here. */
  service: string;
  /** Nothing outside of the daemon can be reached. */
  internal: boolean;
  /** `10.93.4.16/28`. */
  subnet: string;
}

/** Outlives its containers and `pulumi destroy`. */
export interface VolumePlan {
  name: string;
  service: string;
}

export type Role = 'replica' | 'balancer' | 'cron' | 'preDeploy' | 'server' | 'gateway';

export interface ContainerPlan {
  /** `rota-docker-api-1`. */
  name: string;
  /** A service of the stack, or `gateway`. */
  service: string;
  role: Role;
  /** Key of the release whose image it is; undefined where `image` is somebody else's. */
  artifact?: string;
  /** Reference as a person would write it. */
  image: string;
  /** The image's own where absent. */
  entrypoint?: string[];
  command?: string[];
  /** Secrets are among the values. */
  environment: Record<string, Input<string>>;
  /** `uid:gid`. */
  user: string;
  networks: { name: string; aliases: string[] }[];
  /** Published on 127.0.0.1, the same number inside. */
  port?: number;
  volume?: { name: string; path: string };
  /** Writable folders in memory, and their mount options. */
  tmpfs: Record<string, string>;
  /** Waits for it before what depends on the service starts. */
  health?: HealthPlan;
  limits: { cpus?: number; memory?: number; pids: number };
  restart: { policy: 'no' | 'on-failure' | 'always'; maxRetries?: number };
  /** Seconds from SIGTERM to SIGKILL. */
  grace: number;
  /** Services of which all containers must be ready before. */
  dependsOn: string[];
}

export interface HealthPlan {
  /** Exec form. */
  test: string[];
  /** Seconds. */
  interval: number;
  timeout: number;
  retries: number;
  /** Seconds that a new container may take. */
  startTimeout: number;
}

/** Values that are known only when the program runs, or not at all where a plan is only drawn. */
export interface Contents {
  variables(service: GraphService): Record<string, Input<string>>;
  /** What `preDeploy` adds. */
  preDeployVariables(service: GraphService): Record<string, Input<string>>;
  data(service: GraphService): DataContainer;
  gatewayConfig(): Input<string>;
}

/** Pure but for what `contents` gives: the same for Pulumi's resources and for a Compose file. */
export function planContainers(
  graph: ServiceGraph,
  release: Release,
  contents: Contents,
  pool?: string,
): DockerPlan {
  const networks = planNetworks(graph, pool);
  const scope = { graph, release, contents, networks };
  const running = graph.services.filter(({ external }) => Object.keys(external).length === 0);
  const containers = running.flatMap((service) => [
    ...(service.config.kind === 'postgres' || service.config.kind === 'redis'
      ? [planData(scope, service, service.config)]
      : planCode(scope, service, service.config)),
  ]);
  if (graph.gateway?.provider === 'workerd') containers.push(planGateway(scope, graph.gateway));
  const volumes = containers.flatMap(({ volume, service }) =>
    volume ? [{ name: volume.name, service }] : [],
  );
  return {
    networks: networks.all,
    volumes: [...new Map(volumes.map((volume) => [volume.name, volume])).values()],
    containers,
  };
}

/** What every part of a plan is made from. */
export interface PlanScope {
  graph: ServiceGraph;
  release: Release;
  contents: Contents;
  networks: ReturnType<typeof planNetworks>;
}

/** Prefix of everything that belongs to an environment. */
export function prefixOf({ name, environment }: Pick<ServiceGraph, 'name' | 'environment'>): string {
  return `${name}-${environment}`;
}
