import { npmCommand } from '../../common/commands.ts';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import { probeTcp } from '../../balancer/probe.ts';
import { providedReferences } from '../../graph/services.ts';
import type { GraphService, ServiceGraph, Template } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { addressValues } from '../../targets/shared/service-values.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Chosen } from './choose.ts';

/** The private addresses of shared services, by name: `{ api: 'http://127.88.4.1:3001' }`. */
export type SharedAddresses = Readonly<Record<string, string>>;

/** What an overlay changes of a service that uses shared ones. */
export interface SharedVariables {
  variables?: Record<string, string>;
  preDeploy?: { variables: Record<string, string> };
}

/** Finds shared services of which more than an address is needed, or that refuse callers of another environment. */
export function checkShared({ services }: ServiceGraph, { shared, services: chosen }: Chosen): Finding[] {
  const path = ['pullRequests', 'share'];
  const refer = services.flatMap((service) =>
    providedReferences(service).map((reference) => ({ from: service.name, ...reference })),
  );
  const keys = refer.flatMap(({ from, service, name }): Finding[] => {
    if (!chosen.includes(from) || !shared.includes(service) || hasAddress(name)) return [];
    const message = `${from} needs \${{${service}.${name}}}, and a shared service gives its address only; leave "${service}" out`;
    return [{ path, message }];
  });
  const tokens = refer.flatMap(({ from, service, name }): Finding[] => {
    const isKey = name === 'IDENTITY_PUBLIC_KEY' || service === gatewayArtifact;
    if (!shared.includes(from) || !isKey) return [];
    const message = `${from} verifies \${{${service}.${name}}}, so it accepts callers of its own environment only; leave "${from}" out`;
    return [{ path, message }];
  });
  return [...keys, ...tokens];
}

function hasAddress(name: string): boolean {
  return name === 'URL' || name in addressValues({ host: '', port: 0 });
}

/**
 * Returns the addresses of shared services. Throws UserError if one does not answer on this machine: its environment may run on another one.
 *
 * @param recorded the addresses of the environment by service
 */
export async function reachShared(
  environment: string,
  shared: readonly string[],
  recorded: SharedAddresses,
): Promise<SharedAddresses> {
  const found = await Promise.all(
    shared.map(async (name) => ({
      name,
      address: recorded[name],
      answers: recorded[name] !== undefined && (await answers(new URL(recorded[name]))),
    })),
  );
  const problems = found.flatMap(({ name, address, answers: isUp }) =>
    isUp
      ? []
      : [
          `${name} of ${environment} ${address === undefined ? 'has no recorded address' : `does not answer at ${address}`}, so it cannot be shared.`,
        ],
  );
  if (problems.length > 0)
    throw new UserError(
      [...problems, `Nothing was changed. Start it on this machine: ${npmCommand('up', environment)}`].join(
        '\n',
      ),
    );
  return Object.fromEntries(found.map(({ name, address = '' }) => [name, address]));
}

async function answers({ hostname, port }: URL): Promise<boolean> {
  return (await probeTcp(hostname, Number(port), 3_000)) === undefined;
}

/** Returns, by service, the variables that refer to shared services, with their addresses, as a stack file spells them. */
export function sharedVariables(
  { services }: ServiceGraph,
  addresses: SharedAddresses,
): Map<string, SharedVariables> {
  const entries = services.flatMap((service) => {
    const changes = changesOf(service, addresses);
    return changes === undefined ? [] : [[service.name, changes] as const];
  });
  return new Map(entries);
}

function changesOf(service: GraphService, addresses: SharedAddresses): SharedVariables | undefined {
  if (service.form !== 'code') return undefined;
  const { variables, preDeploy } = service.config;
  const own = replaced(variables, service.variables, addresses);
  const before = replaced(preDeploy?.variables ?? {}, service.preDeployVariables, addresses);
  if (Object.keys({ ...own, ...before }).length === 0) return undefined;
  return {
    ...(Object.keys(own).length > 0 && { variables: own }),
    ...(Object.keys(before).length > 0 && { preDeploy: { variables: before } }),
  };
}

function replaced(
  declared: Readonly<Record<string, string>>,
  templates: Readonly<Record<string, Template>>,
  addresses: SharedAddresses,
): Record<string, string> {
  const entries = Object.keys(declared).flatMap((name) => {
    const template = templates[name] ?? [];
    const refers = template.some(
      (piece) => typeof piece === 'object' && piece.kind === 'provided' && piece.service in addresses,
    );
    return refers ? [[name, template.map((piece) => textOf(piece, addresses)).join('')] as const] : [];
  });
  return Object.fromEntries(entries);
}

function textOf(piece: Template[number], addresses: SharedAddresses): string {
  if (typeof piece === 'string') return piece.replaceAll('${{', () => '$${{');
  if (piece.kind !== 'provided') return `\${{${piece.kind}.${piece.name}}}`;
  const address = addresses[piece.service];
  if (address === undefined) return `\${{${piece.service}.${piece.name}}}`;
  const { hostname: host, port } = new URL(address);
  const values: Record<string, unknown> = {
    URL: address,
    ...addressValues({ host, port: Number(port) }),
  };
  return String(values[piece.name]);
}
