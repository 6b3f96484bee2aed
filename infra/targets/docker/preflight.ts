import { capture } from '../../../tools/command.ts';
import { configCommand } from '../../common/commands.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { checkDisk, lastLine, patience } from '../shared/preflight.ts';
import { checkPinnedImages } from '../shared/pinned-images.ts';
import type { Check } from '../shared/check.ts';
import { checkPublished } from '../shared/published.ts';
import type { PreflightContext } from '../shared/target.ts';
import { checkBindMounts } from './bind-mounts.ts';
import { planNetworks } from './networks.ts';
import { isFreeOrOwn } from './kinds/free-port.ts';
import { environmentLabels } from './labels.ts';
import { occupiedRanges, type Occupied } from './occupied.ts';
import { prefixOf, type NetworkPlan } from './planned.ts';
import { overlap, parseRange } from './ranges.ts';
import { standardPool } from './subnets.ts';

const pluginHint = '`up` downloads the Pulumi plugin if it is missing';

/**
 * Checks that the daemon answers, that its disk has space, that addresses and ports are free, that it has the mounted folders,
 * and that pinned images exist.
 */
export async function preflightDocker(graph: ServiceGraph, context: PreflightContext): Promise<Check[]> {
  const name = 'Docker daemon';
  const asked = ['version', '--format', '{{.Server.Version}}'];
  const { code, stdout, problem } = await capture('docker', asked, { timeout: patience });
  if (code === null && /ENOENT/.test(problem)) {
    return [{ name, found: 'the `docker` command is not on the PATH', mend: 'docker version' }];
  }
  if (code !== 0)
    return [
      {
        name,
        found: `${lastLine(problem)} Start Docker or set DOCKER_HOST, then try again.`,
        mend: 'docker version',
      },
    ];
  const folder = await capture('docker', ['info', '--format', '{{.DockerRootDir}}'], { timeout: patience });
  return [
    { name, found: `${stdout.trim()}; ${pluginHint}` },
    await checkDisk(folder.stdout.trim()),
    await checkAddresses(graph, context.dockerPool),
    ...(await checkPublished(graph, (port) => isFreeOrOwn(port, environmentLabels(graph)))),
    ...checkBindMounts(graph, process.env['DOCKER_HOST']),
    ...(await checkPinnedImages(context, true)),
  ];
}

async function checkAddresses(graph: ServiceGraph, pool: string | undefined): Promise<Check> {
  try {
    const { all } = planNetworks(graph, pool);
    const occupied = await occupiedRanges(environmentLabels(graph));
    return addressCheck(all, occupied, prefixOf(graph), graph.environment);
  } catch (error) {
    return { name: 'Addresses', found: `not checked: ${(error as Error).message}` };
  }
}

/** Reports every network whose addresses are in use. The command of the check moves all networks to free addresses. */
export function addressCheck(
  networks: NetworkPlan[],
  occupied: Occupied[],
  prefix: string,
  environment: string,
): Check {
  const name = 'Addresses';
  const clashes = networks.flatMap(({ name: network, subnet }) => {
    const range = parseRange(subnet);
    const other = range && occupied.find((candidate) => overlap(candidate.range, range));
    return other === undefined ? [] : [`${subnet} of ${network} is used by ${other.by}`];
  });
  if (clashes.length === 0) return { name, found: `${networks.length} networks, none used by others` };
  return {
    name,
    found: clashes.join(', '),
    mend: configCommand(environment, 'dockerPool', freePool(occupied, prefix)),
  };
}

function freePool(occupied: Occupied[], prefix: string): string {
  const pools = Array.from({ length: 160 }, (_, after) => standardPool(prefix, after));
  const isFree = (pool: string) => !occupied.some(({ range }) => overlap(range, parseRange(pool)!));
  return pools.find(isFree) ?? '…';
}
