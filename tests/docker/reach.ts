import { docker, type Inspected } from '../../infra/targets/docker/testing/daemon.ts';

/** Milliseconds without a connection after which an address counts as unreachable. */
const timeout = 3_000;

export interface Reached {
  /** Services whose name a container can resolve and connect to. */
  byName: string[];
  /** Services with at least one container that it can connect to, by any address. */
  byAddress: string[];
}

/**
 * Returns the services that a container can connect to. Tries every address from inside of its network.
 *
 * @param image an image with Node, for a container that shares the network of this one and tries the connections
 * @param ports port of each service
 */
export function reachOf(
  from: Inspected,
  all: Inspected[],
  ports: Record<string, number>,
  image: string,
): Reached {
  const targets = Object.entries(ports).flatMap(([service, port]) => [
    { service, port, host: service, byName: true },
    ...all
      .filter((container) => container.Id !== from.Id && serviceOf(container) === service)
      .flatMap(({ NetworkSettings }) => Object.values(NetworkSettings.Networks))
      .map(({ IPAddress }) => ({ service, port, host: IPAddress, byName: false })),
  ]);
  const network = `container:${from.Id}`;
  const script = `(${tryAll.toString()})(${JSON.stringify(targets)}, ${timeout})`;
  const output = docker('run', '--rm', '--network', network, '--entrypoint', 'node', image, '-e', script);
  const reached = (JSON.parse(output) as number[]).map((index) => targets[index]!);
  const services = (byName: boolean) =>
    [
      ...new Set(reached.filter((target) => target.byName === byName).map(({ service }) => service)),
    ].toSorted();
  return { byName: services(true), byAddress: services(false) };
}

export function serviceOf({ Config }: Inspected): string {
  return Config.Labels['railhead.service'] ?? '';
}

/** Runs in the container, as source text. Docker forwards unknown names to other resolvers, which may never respond. */
async function tryAll(targets: { host: string; port: number; byName: boolean }[], timeout: number) {
  const [{ connect }, { Resolver }] = await Promise.all([import('node:net'), import('node:dns/promises')]);
  const resolver = new Resolver({ timeout, tries: 1 });
  const addressOf = async (name: string) => (await resolver.resolve4(name).catch(() => []))[0];
  const opens = async ({ host, port, byName }: (typeof targets)[number]) => {
    const address = byName ? await addressOf(host) : host;
    if (address === undefined) return false;
    return new Promise<boolean>((resolve) => {
      const socket = connect({ host: address, port });
      const end = (open: boolean) => {
        socket.destroy();
        resolve(open);
      };
      socket.once('connect', () => end(true)).once('error', () => end(false));
      socket.setTimeout(timeout, () => end(false));
    });
  };
  const open = await Promise.all(targets.map(opens));
  console.log(JSON.stringify(open.flatMap((yes, index) => (yes ? [index] : []))));
}
