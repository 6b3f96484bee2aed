import { dataKinds } from '../data/index.ts';
import type { Added } from './added.ts';
import type { Draft } from './draft.ts';
import type { Imported, ImportedService } from './facts.ts';
import { mayBePublic } from './gateway.ts';
import { portProtocol } from './port-protocols.ts';
import { refersIn, refersTo } from './references-of.ts';
import { variableOf, type Server } from './values.ts';

/** Names and commands of services that take work from a queue or a clock, and need no port. */
const workers = /worker|queue|job|cron|schedul|consum|beat|bot\b|sidekiq|celery|migrat/i;

/**
 * Returns a row for each service that nothing can reach though it may have to be public, and for each service with a port that starts
 * before one whose variables do not refer to it: references also allow connections.
 */
export function reportUnreached(
  draft: Draft,
  imported: Imported,
  servers: ReadonlyMap<string, Server>,
): Added[] {
  return imported.services.flatMap((service): Added[] => {
    const server = servers.get(service.name);
    if (server === undefined || server.type !== undefined) return [];
    const row = (why: string): Added => ({ to: `services.${server.name}`, why, from: service.from });
    const why = imported.choosesPort === true ? whyUnreached(draft, service, server.name) : undefined;
    const needed = service.dependsOn.flatMap(({ value, isOnce }) =>
      isOnce ? [] : (servers.get(value) ?? []),
    );
    return [
      ...(why === undefined ? [] : [row(why)]),
      ...needed
        .filter(({ name }) => !refersTo(draft, server.name, name))
        .flatMap((other) => whyUnreferred(other) ?? [])
        .map(row),
    ];
  });
}

/** Returns what the reference to a service that another one needs allows; undefined for a service that accepts no connections. */
function whyUnreferred({ name, type, port }: Server): string | undefined {
  if (type !== undefined) {
    const kind = dataKinds[type];
    const variable = variableOf(kind, 'url') || variableOf(kind, 'endpoint');
    return `its variables do not refer to ${name}, which has another user, password and database here; write one with \${{${name}.${variable}}}`;
  }
  if (port === undefined) return undefined;
  const address =
    portProtocol(port) === undefined ? `\${{${name}.URL}}` : `\${{${name}.HOST}}:\${{${name}.PORT}}`;
  return `its variables do not refer to ${name}, so it cannot connect to it; write one with ${address}`;
}

/** Where the platform chooses ports and domains, no file says which services are public. */
function whyUnreached(draft: Draft, service: ImportedService, name: string): string | undefined {
  const { facts } = service;
  const command = [facts.start?.value ?? []].flat().join(' ');
  const isPrivate = !mayBePublic(service) || facts.cron !== undefined || facts.restart?.value === 'never';
  if (isPrivate || workers.test(`${name} ${command}`)) return undefined;
  const routed = draft
    .below(['gateway', 'routes'])
    .some(({ path, value }) => path[3] === 'to' && value === name);
  const others = draft.below(['services']).filter(({ path }) => path[1] !== name);
  const isReferred = others.some(({ value }) => refersIn(String(value), name));
  if (routed || isReferred) return undefined;
  return facts.port === undefined
    ? 'no file says on which port it listens, so nothing can reach it; if it serves requests, write `port`, and a route to it under `gateway.routes`'
    : 'no file says that it is public, so nothing can reach it; if it is, write a route to it under `gateway.routes`';
}
