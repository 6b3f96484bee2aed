import { gatewayArtifact } from '../../artifacts/programs.ts';
import { imageOf } from '../../artifacts/image.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { gatewayCommand, gatewayConfigFile, gatewayConfigFolder } from '../../containers/gateway.ts';
import { withFiles } from './files.ts';
import { gatewayLimits, ownUser, privateFolder, scratch } from './hardening.ts';
import { prefixOf, type ContainerPlan, type PlanScope } from './planned.ts';
import { health, ownStart, tcpCheck } from './probes.ts';

/** Seconds from SIGTERM to SIGKILL. The gateway gives its open requests less time. */
const grace = 10;

/** Plans the gateway's container, whose port is published on the machine's loopback address. */
export function planGateway(
  { graph, release, contents, networks }: PlanScope,
  { port, routes }: NonNullable<ServiceGraph['gateway']>,
): ContainerPlan {
  const started = withFiles(gatewayCommand, [
    { path: `${gatewayConfigFolder}/${gatewayConfigFile}`, content: contents.gatewayConfig() },
  ]);
  return {
    name: `${prefixOf(graph)}-${gatewayArtifact}`,
    service: gatewayArtifact,
    role: 'gateway',
    artifact: gatewayArtifact,
    image: imageOf(release, gatewayArtifact).reference,
    entrypoint: started.entrypoint,
    command: started.command,
    environment: { NODE_ENV: 'production', HOME: '/tmp', ...started.environment },
    user: ownUser,
    networks: networks.outgoing(gatewayArtifact).map((name) => ({ name, aliases: [] })),
    published: [{ port, published: port }],
    tmpfs: { ...scratch, [gatewayConfigFolder]: privateFolder(ownUser) },
    health: health(tcpCheck(port)),
    start: ownStart,
    limits: gatewayLimits,
    restart: { policy: 'always' },
    grace,
    dependsOn: [...new Set(routes.map(({ to }) => to))].toSorted(),
  };
}
