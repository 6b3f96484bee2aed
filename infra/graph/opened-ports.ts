import { namedPorts, portVariables } from '../stack/ports.ts';
import { isCode, type Service } from '../stack/schema.ts';
import { templatesOf } from './services.ts';
import type { GraphService, Template } from './types.ts';

const hostNames = ['HOST', 'PRIVATE_DOMAIN', 'RAILWAY_PRIVATE_DOMAIN'];

/**
 * Returns the ports of a service that the templates of another one open, sorted; undefined if the service has no named ports,
 * since an edge then opens its only one. `GRPC_PORT`, `GRPC_ADDRESS` and `GRPC_URL` open that port, `PORT` and `URL` the main
 * one. A host opens the port that is written after it. If no port is named at all, it opens the main one.
 */
export function openedPorts(from: GraphService, name: string, service: Service): number[] | undefined {
  if (!isCode(service) || service.port === undefined) return undefined;
  const named = namedPorts(service);
  if (named.length === 0) return undefined;
  const own = service.port;
  const opened = templatesOf(from).flatMap((template) =>
    template.flatMap((piece, index): number[] => {
      if (typeof piece === 'string' || piece.kind !== 'provided' || piece.service !== name) return [];
      if (['PORT', 'URL'].includes(piece.name)) return [own];
      if (!hostNames.includes(piece.name)) {
        const port = named.find((one) => portVariables(one.name).includes(piece.name))?.port;
        return port === undefined ? [] : [port];
      }
      const written = writtenPort(template[index + 1]);
      return [own, ...named.map(({ port }) => port)].filter((port) => port === written);
    }),
  );
  return opened.length === 0 ? [own] : [...new Set(opened)].sort((one, other) => one - other);
}

/** Returns the port at the beginning of a text after a host: `:9090/v1`. */
export function writtenPort(text: Template[number] | undefined): number | undefined {
  const digits = typeof text === 'string' ? /^:(\d+)/.exec(text)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}
