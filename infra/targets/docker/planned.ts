import type { Text } from '../../plan/hole.ts';
import type { Release } from '../../artifacts/types.ts';
import type { Running } from '../../stack/running.ts';
import type { ServerPlan } from '../shared/data-server.ts';
import type { CodeNode, DataNode, ServiceGraph } from '../../graph/types.ts';

/** All Docker objects of a stack. Network and volume names are complete; Pulumi adds a suffix to container names. */
export interface DockerPlan {
  networks: NetworkPlan[];
  volumes: VolumePlan[];
  /** The containers in start order. */
  containers: ContainerPlan[];
}

export interface NetworkPlan {
  /** The name, for example `rota-docker.web.api` for connections from web to api. */
  name: string;
  /** The service at one end of the network's connections; it is the owner in the labels. */
  service: string;
  /** True if addresses outside of the daemon cannot be reached. */
  internal: boolean;
  /** The address range, for example `10.93.4.16/28`. */
  subnet: string;
}

/** A volume, which outlives its containers and `pulumi destroy`. */
export interface VolumePlan {
  name: string;
  /** Absent if services share it. */
  service?: string;
}

export type Role = 'replica' | 'balancer' | 'cron' | 'preDeploy' | 'once' | 'server' | 'pooler' | 'gateway';

/** Whether a container runs to its end once, by its role or the label with it. */
export const endsByItself = (role: string | undefined): boolean => role === 'preDeploy' || role === 'once';

export interface ContainerPlan {
  /** The name without its suffix, for example `rota-docker-api-1`. */
  name: string;
  /** A service of the stack, or `gateway`. */
  service: string;
  role: Role;
  /** The artifact of the image in the release; undefined for a third-party image. */
  artifact?: string;
  /** The reference of the image, as in the stack file. */
  image: string;
  /** Absent: the entry point of the image. */
  entrypoint?: string[];
  command?: string[];
  /** The variables. Some values are secret. */
  environment: Record<string, Text>;
  /** `uid:gid`; absent: the user of the image. */
  user?: string;
  /** Absent: the root file system is read-only. */
  readOnly?: boolean;
  /** The capabilities that root keeps, by their names without `CAP_`. */
  capabilities?: string[];
  ulimits?: { name: string; soft: number; hard: number }[];
  /** The size of `/dev/shm` in mebibytes. Absent: Docker's default. */
  shmSize?: number;
  /** Absent: that of the image, or SIGTERM. */
  stopSignal?: string;
  networks: { name: string; aliases: string[] }[];
  /** The ports that are published on 127.0.0.1, and the ports in the container to which they lead. */
  published?: { port: number; published: number }[];
  volumes?: { name: string; path: string; readOnly?: boolean; isShared?: boolean }[];
  /** The folders of this machine that are mounted, by their absolute paths. */
  binds?: { source: string; target: string; readOnly: boolean }[];
  /** The path of a volume without a name, which exists as long as the container, also when it restarts. */
  ownVolume?: string;
  /** The files that are mounted read-only. They are the same in all containers of the service. */
  files?: { path: string; content: Text }[];
  /** Writable folders in memory, and their mount options. */
  tmpfs: Record<string, string>;
  /** The image's own where absent. */
  health?: HealthPlan;
  /** Conditions under which the container counts as started, and dependents start. */
  start: StartPlan;
  limits: { cpus?: number; memory?: number; pids: number };
  /** The number of NVIDIA GPUs. */
  gpus?: number;
  restart: { policy: 'no' | 'on-failure' | 'always'; maxRetries?: number };
  /** How a new version of the replicas takes over; absent if it gets requests as soon as it is ready. */
  canary?: Running['canary'];
  /** Seconds from SIGTERM to SIGKILL. */
  grace: number;
  /** Services whose containers must all be ready before this one starts. */
  dependsOn: string[];
}

export interface HealthPlan {
  /** The command in exec form. */
  test: string[];
  /** Seconds. */
  interval: number;
  timeout: number;
  retries: number;
}

export interface StartPlan {
  /** Seconds that a new container may take to get healthy. */
  timeout: number;
  /** Seconds that it must run, where it has no health check. */
  minReady: number;
}

/** The values that only the running Pulumi program has. A plan for a Compose file has placeholders instead. */
export interface Contents {
  variables(service: CodeNode): Record<string, Text>;
  /** Returns the files of a service with their contents. */
  files(service: CodeNode): { path: string; content: Text }[];
  /** Returns the absolute path of a folder of the repository. */
  folder(source: string): string;
  /** Returns the variables that `preDeploy` adds. */
  preDeployVariables(service: CodeNode): Record<string, Text>;
  data(service: DataNode): Pick<ServerPlan, 'container' | 'secrets' | 'pooler'>;
  gatewayConfig(): Text;
}

/** The networks of a stack. */
export interface Networks {
  all: NetworkPlan[];
  /** Returns the networks on which a service or the gateway opens connections. */
  outgoing(service: string): string[];
  /** Returns the networks on which others reach a service by its name. */
  incoming(service: string): string[];
  /** Returns the network between the balancer of a service and its replicas. */
  replicas(service: string): string;
}

/** The inputs of all parts of a plan. */
export interface PlanScope {
  graph: ServiceGraph;
  release: Release;
  contents: Contents;
  networks: Networks;
}

/** Returns the name prefix of an environment's objects. */
export function prefixOf({ name, environment }: Pick<ServiceGraph, 'name' | 'environment'>): string {
  return `${name}-${environment}`;
}

/** Returns the name of the volume of a data server or of `volume`, by its service, or of one in `volumes`, by its `id`. */
export function volumeName(graph: Pick<ServiceGraph, 'name' | 'environment'>, id: string): string {
  return `${prefixOf(graph)}-${id}`;
}
