import { createHash } from 'node:crypto';
import { balancerFolder } from '../../artifacts/balancer-folder.ts';
import { balancerArtifact } from '../../artifacts/programs.ts';
import { execEach, execForm } from '../../artifacts/commands.ts';
import { defaultStart } from '../../artifacts/entries.ts';
import { imageOf } from '../../artifacts/image.ts';
import type { CodeNode } from '../../graph/types.ts';
import { bindMountsOf } from '../../stack/bind-mounts.ts';
import { httpHealth } from '../../stack/health.ts';
import { namedPorts, publishedPorts } from '../../stack/ports.ts';
import { mountsOf } from '../../stack/volumes.ts';
import { hasBuiltImage, runsOnce, type CodeService } from '../../stack/schema.ts';
import { containerEnvironment, listeningPort } from '../../containers/environment.ts';
import { withoutGpu } from '../../containers/limits.ts';
import { canaryArgs } from '../shared/canary-args.ts';
import { hasBalancer } from './balanced.ts';
import { balancerEnvironment } from './balancer/environment.ts';
import { planSchedule } from './cron/command.ts';
import { balancerLimits, containerLimits, hardeningOf, ownUser, scratch } from './hardening.ts';
import { prefixOf, volumeName, type ContainerPlan, type PlanScope } from './planned.ts';
import { codeHealth, codeStart, health, ownStart, tcpCheck } from './probes.ts';

/** Seconds that a service accepts requests after SIGTERM, until its balancer has noticed that it is not ready. */
const drainDelay = 3;

/** Plans the containers of a service: `preDeploy`, the replicas and their balancer, or the cron container. */
export function planCode(scope: PlanScope, service: CodeNode): ContainerPlan[] {
  const { config } = service;
  if (runsOnce(config)) return [planOnce(scope, service, config)];
  return [
    ...(config.preDeploy === undefined
      ? []
      : [planPreDeploy(scope, service, config, config.preDeploy.command)]),
    ...(config.cron === undefined
      ? Array.from({ length: config.replicas.min }, (_, index) =>
          planReplica(scope, service, config, index + 1),
        )
      : [planCron(scope, service, config, config.cron)]),
    ...(hasBalancer(service) ? [planBalancer(scope, service, config)] : []),
  ];
}

function planReplica(
  scope: PlanScope,
  service: CodeNode,
  config: CodeService,
  number: number,
): ContainerPlan {
  const { networks } = scope;
  const plan = planService(scope, service, config);
  const startHealth = codeHealth(config);
  return {
    ...plan,
    name: `${plan.name}-${number}`,
    role: 'replica',
    ...startOf(config),
    environment: {
      DRAIN_DELAY_SECONDS: String(drainDelay),
      ...plan.environment,
      RAILWAY_REPLICA_ID: `${service.name}-${number}`,
    },
    networks: [
      ...plan.networks,
      ...(hasBalancer(service)
        ? [{ name: networks.replicas(service.name), aliases: [replicasAlias(config)] }]
        : []),
    ],
    ...(startHealth !== undefined && { health: startHealth }),
    restart: restartOf(config),
    ...canaryArgs(config),
  };
}

function planCron(
  scope: PlanScope,
  service: CodeNode,
  config: CodeService,
  schedule: NonNullable<CodeService['cron']>,
): ContainerPlan {
  const plan = planService(scope, service, config);
  const runner = planSchedule(schedule, execForm(config.start ?? defaultStart), plan.user ?? ownUser);
  return {
    ...plan,
    role: 'cron',
    entrypoint: runner.entrypoint,
    command: runner.command,
    environment: { ...plan.environment, ...runner.environment, RAILWAY_REPLICA_ID: `${service.name}-1` },
    tmpfs: { ...plan.tmpfs, ...runner.tmpfs },
    health: runner.health,
    start: ownStart,
    restart: { policy: 'always' },
  };
}

function planOnce(scope: PlanScope, service: CodeNode, config: CodeService): ContainerPlan {
  const plan = planService(scope, service, config);
  return { ...plan, role: 'once', ...startOf(config), restart: { policy: 'no' } };
}

function planPreDeploy(
  scope: PlanScope,
  service: CodeNode,
  config: CodeService,
  commands: string[],
): ContainerPlan {
  const plan = planService(scope, service, withoutGpu(config));
  return {
    ...plan,
    name: `${plan.name}-predeploy`,
    role: 'preDeploy',
    ...startedBy(execEach(commands)),
    environment: { ...plan.environment, ...scope.contents.preDeployVariables(service) },
    restart: { policy: 'no' },
  };
}

/** Returns the settings that replicas, `preDeploy` and cron runs of a service share. */
function planService(scope: PlanScope, service: CodeNode, config: CodeService) {
  const { graph, release, contents, networks } = scope;
  const image = config.kind === 'image' ? config.image : imageOf(release, service.name).reference;
  const files = contents.files(service);
  const binds = bindMountsOf(config).map(({ source, path, readOnly }) => ({
    source: contents.folder(source),
    target: path,
    readOnly,
  }));
  return {
    name: `${prefixOf(graph)}-${service.name}`,
    service: service.name,
    ...(config.kind === 'source' && { artifact: service.name }),
    image,
    environment: { ...containerEnvironment(config, image, contents.variables(service)) },
    ...hardeningOf(config),
    networks: networks.outgoing(service.name).map((name) => ({ name, aliases: [] })),
    ...volumesOf(graph, service.name, config),
    ...(files.length > 0 && { files }),
    ...(binds.length > 0 && { binds }),
    start: codeStart(config),
    limits: containerLimits(config),
    ...(config.resources?.gpu !== undefined && { gpus: config.resources.gpu }),
    grace: config.drain,
    dependsOn: service.waitsFor,
  };
}

function volumesOf(
  graph: PlanScope['graph'],
  service: string,
  config: CodeService,
): Pick<ContainerPlan, 'volumes'> {
  const volumes = [
    ...(config.volume === undefined ? [] : [{ name: volumeName(graph, service), path: config.volume.path }]),
    ...mountsOf(service, config).map(({ id, path, readOnly, size }) => ({
      name: volumeName(graph, id),
      path,
      ...(readOnly && { readOnly }),
      ...(size === undefined && { isShared: true }),
    })),
  ];
  return volumes.length > 0 ? { volumes } : {};
}

function planBalancer(
  { graph, release, networks }: PlanScope,
  service: CodeNode,
  config: CodeService,
): ContainerPlan {
  const port = listeningPort(config)!;
  const published = publishedPorts(config).map(({ port, published }) => ({ port, published }));
  return {
    name: `${prefixOf(graph)}-${service.name}-balancer`,
    service: service.name,
    role: 'balancer',
    artifact: balancerArtifact,
    image: imageOf(release, balancerArtifact).reference,
    environment: balancerEnvironment({
      port,
      replicas: replicasAlias(config),
      health: httpHealth(config.health),
      ports: namedPorts(config),
    }),
    user: ownUser,
    networks: [
      { name: networks.replicas(service.name), aliases: [] },
      ...networks.incoming(service.name).map((name) => ({ name, aliases: [service.name] })),
    ],
    tmpfs: scratch,
    ...(published.length > 0 && { published }),
    ...(canaryArgs(config).canary !== undefined && { ownVolume: balancerFolder }),
    health: health(tcpCheck(port)),
    start: ownStart,
    limits: balancerLimits,
    restart: { policy: 'always' },
    grace: config.drain,
    dependsOn: [],
  };
}

/**
 * Returns the DNS name under which the balancer finds the replicas. The name contains a hash of ports and check paths,
 * so that a balancer finds only replicas with the checks and ports that it uses. The previous balancer would otherwise accept a
 * new version by the old checks.
 */
function replicasAlias(config: CodeService): string {
  const named = namedPorts(config).map(({ port }) => port);
  const asked = JSON.stringify([listeningPort(config), config.health?.path, config.health?.ready, ...named]);
  return `replicas-${createHash('sha256').update(asked).digest('hex').slice(0, 8)}`;
}

/** Returns the command that replaces that of an image. An image that Railhead builds contains its command. */
function startOf(config: CodeService): Pick<ContainerPlan, 'entrypoint' | 'command'> {
  if (hasBuiltImage(config)) return {};
  const { start, entrypoint, command } = config;
  if (start !== undefined) return startedBy(execForm(start));
  return { ...(entrypoint !== undefined && { entrypoint }), ...(command !== undefined && { command }) };
}

/** Returns a command that replaces the image's entry point and command, as on Kubernetes. */
function startedBy([program = '', ...args]: string[]): Pick<ContainerPlan, 'entrypoint' | 'command'> {
  return { entrypoint: [program], command: args };
}

/** Returns Docker's restart policy. CIS recommends at most five retries; the number in the stack file has priority. */
function restartOf({ restart: { policy, maxRetries } }: CodeService): ContainerPlan['restart'] {
  if (policy === 'always') return { policy };
  // Docker treats 0 as no limit.
  if (policy === 'never' || maxRetries === 0) return { policy: 'no' };
  return { policy, maxRetries };
}
