import { basename, posix } from 'node:path';
import { stringify } from 'yaml';
import { routeFields } from '../../stack/route-address.ts';
import type { CodeService, Stack } from '../../stack/schema.ts';
import { isCode } from '../../stack/schema.ts';
import type { Chosen } from './choose.ts';
import { environmentOf } from '../../common/pull-request.ts';
import type { SharedVariables } from './shared.ts';

/** The environment that one of a pull request is made from. */
interface Origin {
  stack: Stack;
  /** What changes of the services that use shared ones, by name. */
  shared: ReadonlyMap<string, SharedVariables>;
}

/** Returns the path of the generated stack file: in the folder of the file that it extends, because sources are relative to that folder. */
export function overlayFile(stackFile: string, number: number): string {
  const base = basename(stackFile).replace(/\.ya?ml$/, '');
  return posix.join(posix.dirname(stackFile), `${base}.${environmentOf(number)}.yaml`);
}

/** The first lines of the generated files. */
export function writtenBy(number: number): string {
  return `# Written by \`railhead pr up ${number}\`, and deleted by \`railhead pr down ${number}\`. Neither edit nor commit it.\n`;
}

/**
 * Returns the stack file of a pull request, an overlay of that of the environment it is made from: without the services that do not
 * run, with data servers of its own in place of external ones, with the addresses of shared services, and with the seeds.
 */
export function overlayText(
  stackFile: string,
  { stack, shared }: Origin,
  chosen: Chosen,
  number: number,
): string {
  const services = Object.fromEntries(
    Object.entries(stack.services).flatMap(([name, service]): [string, object | null][] => {
      if (!chosen.services.includes(name)) return [[name, null]];
      if (!isCode(service)) return service.external ? [[name, ownServer]] : [];
      const changes = { ...withSeed(stack, name, shared.get(name)), ...unpublished(service) };
      return Object.keys(changes).length === 0 ? [] : [[name, changes]];
    }),
  );
  const overlay = {
    extends: basename(stackFile),
    ...(Object.keys(services).length > 0 && { services }),
    ...(stack.gateway && { gateway: gatewayOf(stack, stack.gateway, chosen, number) }),
    pullRequests: null,
  };
  return `${writtenBy(number)}${stringify(overlay, { lineWidth: 0 })}`;
}

/** The database of a pull request is never one that others use. */
const ownServer = { external: null };

/**
 * An environment of a pull request publishes no ports: on one machine, the environment that it is made from has them, and in a
 * cluster each would need a load balancer.
 */
function unpublished({ publish }: CodeService): object {
  return publish === undefined ? {} : { publish: null };
}

function withSeed(
  { services, pullRequests }: Stack,
  name: string,
  shared: SharedVariables | undefined,
): object | undefined {
  const seed = pullRequests?.seed[name];
  const service = services[name];
  if (seed === undefined || service === undefined || !isCode(service)) return shared;
  return {
    ...shared,
    preDeploy: { ...shared?.preDeploy, command: [...(service.preDeploy?.command ?? []), seed] },
  };
}

/** Ports that the gateways of pull requests get, on targets where environments share an address. */
const firstPort = 20_000;

function gatewayOf(
  { pullRequests }: Stack,
  gateway: NonNullable<Stack['gateway']>,
  { routes }: Chosen,
  number: number,
): object | null {
  if (routes.length === 0) return null;
  const name = environmentOf(number);
  const domain = `${name}.${pullRequests?.domain}`;
  // On one machine, hosts are names below `localhost`, and the port is that of the environment.
  const hostFor = (host: string) => (gateway.domain === undefined ? host : `${host.split('.')[0]}.${domain}`);
  const hasHosts = gateway.domain !== undefined && gateway.routes.some(({ host }) => host !== undefined);
  const kept = (hasHosts || routes.length < gateway.routes.length) && {
    routes: routes.map((index) => routeFields(gateway.routes[index]!, hostFor)),
  };
  if (gateway.domain === undefined) return { port: firstPort + (number % 10_000), ...kept };
  const isCloudflare = gateway.provider === 'cloudflare';
  return {
    domain,
    // The Worker and the rules of the zone belong to the environment that has them.
    ...(isCloudflare && { provider: 'workerd', cloudflare: null }),
    ...kept,
  };
}
