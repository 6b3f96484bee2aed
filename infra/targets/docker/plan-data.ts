import type { DataNode } from '../../graph/types.ts';
import { kindOf, serverImage } from '../../data/index.ts';
import { dataFolder, dataGrace, dataUser, scriptsFolder, secretsFolder } from '../../data/container.ts';
import { withFiles } from './files.ts';
import { containerLimits, privateFolder, scratch } from './hardening.ts';
import { prefixOf, type ContainerPlan, type PlanScope } from './planned.ts';
import { health } from './probes.ts';

const start = { timeout: 300, minReady: 5 };

/** Plans the container of a data server with its volume. Only one runs at a time, so it needs no balancer. */
export function planData({ graph, contents, networks }: PlanScope, service: DataNode): ContainerPlan {
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

function inFolder(environment: Record<string, string>, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.startsWith(`${dataFolder}/`) ? path + value.slice(dataFolder.length) : value,
    ]),
  );
}
