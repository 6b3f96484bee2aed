import type { Target } from '../targets/shared/target.ts';
import type { Cause, NetworkChange, ResourceChange, Risk } from './model.ts';
import { publicClients } from './network.ts';
import { differences, placeOf, type Difference, type Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

/** The types of a target's resources that hold data, by Pulumi's type token. */
export type Stores = Target['stores'];

/** What a change of the resources of one service can touch. */
interface Touched {
  service: string;
  causes: readonly Cause[];
  resources: readonly ResourceChange[];
}

/** Returns everything that touches data, protection or exposure, in this order. */
export function risksOf(
  sides: Sides,
  services: readonly Touched[],
  network: readonly NetworkChange[],
  stores: Stores,
): Risk[] {
  return [
    ...dataRisks(sides, stores),
    ...services.flatMap((touched) => resourceRisks(touched, stores)),
    ...exposureRisks(sides, network),
  ];
}

/** Returns the data servers and volumes that the stack file removes, and the servers that read their data with another version. */
function dataRisks(sides: Sides, stores: Stores): Risk[] {
  const [before, after] = [storesOf(sides.before), storesOf(sides.after)];
  return differences(before, after).flatMap(({ key: service, ...versions }): Risk[] => {
    if (versions.before === undefined) return [];
    const removed = versions.after === undefined;
    const field = versions.before === 'volume' ? 'volume' : 'version';
    const path = ['services', service, ...(removed ? [] : [field])];
    const place = placeOf(sides, path, removed);
    const text = removed
      ? `The data of ${service} (${versions.before}) leave the system; ${fateText(stores)}.`
      : `The data of ${service} (${versions.before}) are opened by ${versions.after}, which an older version may not read afterwards.`;
    return [{ kind: 'data', service, text, ...(place && { place }) }];
  });
}

/** Returns what holds data, by service: `postgres 17`, `volume`. */
function storesOf(side: Snapshot | undefined): Record<string, string> {
  const { services = {}, declared = {} } = side ?? {};
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, { form }]): [string, string][] => {
      const of = (field: string) => declared[`services.${name}.${field}`];
      if (form === 'data') return [[name, `${of('kind')} ${of('version')}`]];
      return of('volume.path') === undefined ? [] : [[name, 'volume']];
    }),
  );
}

function fateText(stores: Stores): string {
  const fates = Object.values(stores);
  if (fates.includes('lost')) return 'they are deleted';
  if (fates.includes('protected'))
    return 'they are protected, so the update fails until they are unprotected';
  return 'they stay where they are until `down --data`';
}

function resourceRisks({ service, resources }: Touched, stores: Stores): Risk[] {
  return resources.flatMap(({ type, name, operation, unprotected }): Risk[] => {
    const fate = stores[type];
    const what = `${type} ${name}`;
    return [
      ...(fate === 'lost' && ['delete', 'replace'].includes(operation)
        ? [{ kind: 'data' as const, service, text: `The ${operation} of ${what} deletes its data.` }]
        : []),
      ...(fate === 'protected' && operation === 'replace'
        ? [
            {
              kind: 'data' as const,
              service,
              text: `${what} holds data and is protected, but has to be replaced.`,
            },
          ]
        : []),
      ...(unprotected
        ? [{ kind: 'protection' as const, service, text: `${what} loses its protection against deletion.` }]
        : []),
    ];
  });
}

function exposureRisks(sides: Sides, network: readonly NetworkChange[]): Risk[] {
  const opened = network.flatMap(({ change, from, to, place }): Risk[] => {
    if (change === 'removed') return [];
    const at = place && { place };
    if (from === publicClients) {
      return [{ kind: 'exposure', service: to, text: `${to} becomes public.`, ...at }];
    }
    const isOutside = sides.after?.services[to] === undefined;
    return isOutside
      ? [
          {
            kind: 'exposure',
            service: from,
            text: `${from} may connect to ${to}, outside of the system.`,
            ...at,
          },
        ]
      : [];
  });
  return [...opened, ...gatewayRisks(sides)];
}

/** Fields of the gateway that protect routes, by the end of their paths. */
const protecting = [
  {
    pattern: /^gateway\.routes\.(.+)\.auth\.\w+$/,
    lost: (path: string) => `${path} no longer requires a token.`,
  },
  {
    pattern: /^gateway\.(?:routes\.(.+)\.)?rateLimit\.requests$/,
    lost: (path: string) => `${path} no longer has a rate limit.`,
  },
];

/** Returns the protections of routes that a change removes, and the hosts and origins that it adds. */
function gatewayRisks(sides: Sides): Risk[] {
  const changed = differences(sides.before?.declared, sides.after?.declared);
  const texts = changed.flatMap((difference) => gatewayTexts(sides, difference));
  return [...new Map(texts.map((one) => [one.text, one])).values()];
}

function gatewayTexts(sides: Sides, { key, before, after }: Difference): Risk[] {
  const place = placeOf(sides, key.split('.'), after === undefined);
  const risk = (text: string): Risk => ({
    kind: 'exposure',
    service: 'gateway',
    text,
    ...(place && { place }),
  });
  if (after === undefined) {
    const isRouteLeft = (path: string | undefined) =>
      path === undefined || sides.after?.declared[`gateway.routes.${path}.to`] !== undefined;
    return protecting.flatMap(({ pattern, lost }) => {
      const match = pattern.exec(key);
      return match !== null && isRouteLeft(match[1]) ? [risk(lost(match[1] ?? 'The gateway'))] : [];
    });
  }
  if (before === undefined && sides.before?.declared['gateway.port'] === undefined) return [];
  if (key === 'gateway.cors.origins') return [risk(`Other web origins may call the gateway: ${after}.`)];
  if (key === 'gateway.domain' || key === 'gateway.hosts') return [risk(`The gateway answers to ${after}.`)];
  return [];
}
