import { poolerOf } from '../data/pooler/pooler.ts';
import { namedPorts, publishedPorts } from './ports.ts';
import { isCode, type Service, type Stack } from './schema.ts';
import { treeAt, type Tree } from './tree.ts';

/**
 * Gives each data service without `port` the next free port if another service has its standard one: on one machine, all
 * services share an address. Poolers then get their ports in the same way. Services get ports in the order of the file, so that
 * a service that is added at the end changes no port of another one.
 */
export function withDefaultPorts(stack: Stack, tree: Tree): Stack {
  const isDefault = (name: string, service: Service) =>
    !isCode(service) &&
    service.external === undefined &&
    treeAt(tree, ['services', name, 'port']) === undefined;
  const services = Object.entries(stack.services);
  const taken = new Set(
    services.flatMap(([name, service]) => (isDefault(name, service) ? [] : portsOf(service))),
  );
  if (stack.gateway) taken.add(stack.gateway.port);
  const free = (wanted: number): number => {
    let port = wanted;
    while (taken.has(port)) port++;
    taken.add(port);
    return port;
  };
  const given = services.map(([name, service]): [string, Service] => {
    if (isCode(service) || !isDefault(name, service)) return [name, service];
    return [name, { ...service, port: free(service.port) }];
  });
  const pooled = given.map(([name, service]): [string, Service] => {
    const pooler = isCode(service) ? undefined : poolerOf(service);
    return [name, pooler === undefined ? service : ({ ...service, pooler: free(pooler) } as Service)];
  });
  return { ...stack, services: Object.fromEntries(pooled) };
}

/** Returns the ports that a service has on the machine where it runs. */
function portsOf(service: Service): number[] {
  if (!isCode(service)) return service.external === undefined ? [service.port] : [];
  const named = namedPorts(service).map(({ port }) => port);
  const published = publishedPorts(service).map((port) => port.published);
  return [...(service.port === undefined ? [] : [service.port]), ...named, ...published];
}
