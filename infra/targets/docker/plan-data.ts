import type { DataNode } from '../../graph/types.ts';
import { kindOf, serverImage } from '../../data/index.ts';
import { dataFolder, dataGrace, dataUser, scriptsFolder, secretsFolder } from '../../data/container.ts';
import { withFiles } from './files.ts';
import { poolerGrace, poolerImage, poolerName } from '../../data/pooler/pooler.ts';
import type { PoolerPlan } from '../shared/data-server.ts';
import { containerLimits, poolerLimits, privateFolder, scratch } from './hardening.ts';
import { prefixOf, type ContainerPlan, type PlanScope } from './planned.ts';
import { health } from './probes.ts';

const start = { timeout: 300, minReady: 5 };

/** Plans the containers of a data server: the server, and its pooler if it has one. */
export function planData(scope: PlanScope, service: DataNode): ContainerPlan[] {
  const { pooler } = scope.contents.data(service);
  return [planServer(scope, service), ...(pooler === undefined ? [] : [planPooler(scope, service, pooler)])];
}

/** Plans the container of a server with its volume. Only one runs at a time, so it needs no balancer. */
function planServer({ graph, contents, networks }: PlanScope, service: DataNode): ContainerPlan {
  const { config } = service;
  const { container, secrets } = contents.data(service);
  const { command, environment, scripts, scratch: folders, probes } = container;
  const name = `${prefixOf(graph)}-${service.name}`;
  const user = `${dataUser}:${dataUser}`;
  // The owner of the image's folder becomes that of a new volume.
  const path = kindOf(config).imageFolder(config.version);
  const started = withFiles(command, [
    ...Object.entries(scripts).map(([file, content]) => ({ path: `${scriptsFolder}/${file}`, content })),
    ...Object.entries(secrets).map(([file, content]) => ({ path: `${secretsFolder}/${file}`, content })),
  ]);
  return {
    name,
    service: service.name,
    role: 'server',
    image: serverImage(graph.images, config),
    entrypoint: started.entrypoint,
    command: started.command,
    environment: { ...inFolder(environment, path), ...started.environment },
    user,
    networks: networks.incoming(service.name).map((network) => ({ name: network, aliases: [service.name] })),
    volumes: [{ name, path }],
    tmpfs: {
      ...Object.fromEntries(folders.map((folder) => [folder, scratch['/tmp']])),
      [scriptsFolder]: privateFolder(user),
      [secretsFolder]: privateFolder(user),
    },
    health: health(['CMD', ...probes.ready]),
    start,
    limits: containerLimits(config),
    restart: { policy: 'always' },
    grace: dataGrace,
    dependsOn: [],
  };
}

/** Plans PgBouncer, which is in all networks of its server. Services reach it at the host `<service>.pooler`. */
function planPooler(
  { graph, networks }: PlanScope,
  service: DataNode,
  { port, command, config, users }: PoolerPlan,
): ContainerPlan {
  const host = poolerName(service.name);
  const user = `${dataUser}:${dataUser}`;
  const started = withFiles(command, [
    { path: `${scriptsFolder}/${config.name}`, content: config.content },
    { path: `${secretsFolder}/${users.name}`, content: users.content },
  ]);
  return {
    name: `${prefixOf(graph)}-${host}`,
    service: service.name,
    role: 'pooler',
    image: graph.images.pgbouncer ?? poolerImage,
    ...started,
    user,
    networks: networks.incoming(service.name).map((network) => ({ name: network, aliases: [host] })),
    tmpfs: { ...scratch, [scriptsFolder]: privateFolder(user), [secretsFolder]: privateFolder(user) },
    health: health(['CMD-SHELL', listens(port)]),
    start,
    limits: poolerLimits,
    restart: { policy: 'always' },
    grace: poolerGrace,
    dependsOn: [],
  };
}

/** Returns a command that exits with 0 if a program listens on a port. It needs no client, which an image may lack. */
function listens(port: number): string {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return `grep -q ':${hex} .* 0A ' /proc/net/tcp /proc/net/tcp6`;
}

function inFolder(environment: Record<string, string>, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.startsWith(`${dataFolder}/`) ? path + value.slice(dataFolder.length) : value,
    ]),
  );
}
