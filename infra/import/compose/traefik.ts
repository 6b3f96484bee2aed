import type { Tree } from '../../stack/tree.ts';
import type { ImportedRoute, ImportedService } from '../facts.ts';
import { cannot, defaulted, type Ledger, type Outcome } from '../ledger.ts';
import { alternativesOf, RuleProblem } from './traefik-rule.ts';

/** A label of Traefik. The case of its name has no meaning. */
interface Label {
  value: string;
  from: Tree;
}

/** The labels of services that configure Traefik, by name and in lower case. */
export type TraefikLabels = Map<string, Label>;

type Pair = readonly [name: string, value: string | undefined, from: Tree];

export const isTraefikLabel = (name: string) => /^traefik\./i.test(name);

export function traefikLabels(pairs: readonly Pair[]): TraefikLabels {
  return new Map(
    pairs
      .filter(([name]) => isTraefikLabel(name))
      .map(([name, value = '', from]) => [name.toLowerCase(), { value: value.trim(), from }]),
  );
}

const portLabel = /^traefik\.http\.services\.([^.]+)\.loadbalancer\.server\.port$/;

const isPort = (name: string, value: string) => portLabel.test(name) && /^\d+$/.test(value);

/** Returns the ports to which Traefik sends requests, by the name of its service. */
export function traefikPorts(labels: TraefikLabels): Map<string, { port: number; from: Tree }> {
  return new Map(
    [...labels].flatMap(([name, { value, from }]) => {
      const [, service] = portLabel.exec(name) ?? [];
      return service === undefined || !isPort(name, value) ? [] : [[service, { port: Number(value), from }]];
    }),
  );
}

const ruleLabel = /^traefik\.http\.routers\.([^.]+)\.rule$/;

export function hasRule(labels: TraefikLabels): boolean {
  return [...labels.keys()].some((name) => ruleLabel.test(name));
}

/** The prefixes that middlewares remove from paths, by the name of the middleware, with the label. */
type Prefixes = ReadonlyMap<string, { prefixes: string[]; from: Tree }>;

export function prefixesIn(all: readonly TraefikLabels[]): Prefixes {
  const pattern = /^traefik\.http\.middlewares\.([^.]+)\.stripprefix\.prefixes$/;
  return new Map(
    all.flatMap((labels) =>
      [...labels].flatMap(([name, { value, from }]) => {
        const [, middleware] = pattern.exec(name) ?? [];
        const prefixes = itemsIn(value).map((prefix) => prefix.replace(/\/+$/, ''));
        return middleware === undefined ? [] : [[middleware, { prefixes, from }] as const];
      }),
    ),
  );
}

const itemsIn = (text: string) => text.split(',').map((item) => item.trim());

/** Takes the routes of each service, and settles its labels. */
export function readTraefik(all: readonly Labelled[], prefixes: Prefixes, ledger: Ledger): void {
  const open = all.filter(({ labels }) => labels.get('traefik.enable')?.value !== 'false');
  for (const { labels } of all.filter((one) => !open.includes(one)))
    for (const { from } of labels.values()) ledger.settle(from, ofPrivate);
  for (const one of open) takeRoutes(one, prefixes, ledger);
  const strips = new Set(open.flatMap(({ service }) => service.routes.map(({ stripPrefix }) => stripPrefix)));
  for (const { service, labels } of open)
    for (const [name, { value, from }] of labels)
      if (!ruleLabel.test(name) && !strips.has(from) && !isPort(name, value))
        ledger.settle(from, outcomeOf(name, value, service));
}

interface Labelled {
  service: ImportedService;
  labels: TraefikLabels;
}

function takeRoutes({ service, labels }: Labelled, prefixes: Prefixes, ledger: Ledger): void {
  for (const [name, { value, from }] of labels) {
    const [, router] = ruleLabel.exec(name) ?? [];
    if (router === undefined) continue;
    try {
      service.routes.push(...routesOf(value, router, { labels, prefixes, from }));
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error;
      ledger.settle(from, cannot(error.message, 'write `gateway.routes`'));
    }
  }
}

interface Router {
  labels: TraefikLabels;
  prefixes: Prefixes;
  from: Tree;
}

/** Returns the routes of a rule. Throws RuleProblem. */
function routesOf(rule: string, router: string, { labels, prefixes, from }: Router): ImportedRoute[] {
  const settings = (name: string) =>
    itemsIn(labels.get(`traefik.http.routers.${router}.${name}`)?.value ?? '');
  const ports = traefikPorts(labels);
  const [named = ''] = settings('service').map(nameOf);
  const port = (named === '' ? [...ports.values()][0] : ports.get(named))?.port;
  const strips = settings('middlewares').flatMap((name) => prefixes.get(nameOf(name)) ?? []);
  return alternativesOf(rule).map(({ host, path = '/*' }) => {
    const strip = strips.find(({ prefixes }) => prefixes.includes(path.replace(/\/\*$/, '')));
    if (strips.length > 0 && strip === undefined)
      throw new RuleProblem(
        '`stripPrefix` removes the whole path of a route, and this rule has another prefix',
      );
    return { host, path, stripPrefix: strip?.from, port, from };
  });
}

/** Returns the name of a service or middleware without its provider: `auth@docker`. */
const nameOf = (text: string) => text.toLowerCase().replace(/@.*$/, '');

const noRoute = cannot('the rule of Traefik itself names its host', 'write `gateway.routes`');
const ofPrivate = defaulted('a service without a route is private');
const ofTls = defaulted('`gateway.ingress`, Cloudflare or the proxy in front of the gateway terminates TLS');
const ofPort = defaulted('the gateway has one port for all routes');
const noCounterpart = cannot(
  'the gateway has no such setting',
  'do without it, or write it into the service',
);

/** What becomes of labels besides rules and prefixes, by the part of their name after the protocol. */
const outcomes: [RegExp, Outcome][] = [
  [/^routers\.[^.]+\.entrypoints$/, ofPort],
  [/^routers\.[^.]+\.tls(\.|$)/, ofTls],
  [/^routers\.[^.]+\.priority$/, defaulted('the most specific route gets a request')],
  [/^routers\.[^.]+\.service$/, defaulted('a route leads to the service that has the label')],
  [/^routers\.[^.]+\.middlewares$/, defaulted('what becomes of each middleware is said where it is defined')],
  [/^middlewares\.[^.]+\.redirectscheme\./, ofTls],
  [/^middlewares\.[^.]+\.stripprefix\./, defaulted('no route of these services removes the prefix')],
  [
    /^middlewares\.[^.]+\.ratelimit\./,
    cannot('import does not convert limits of Traefik', 'write `gateway.rateLimit` or that of a route'),
  ],
  [
    /^middlewares\.[^.]+\.(basicauth|digestauth|forwardauth)\./,
    cannot(
      'the gateway accepts JWTs only',
      'write `auth` of a route, or let the service ask for the password',
    ),
  ],
  [
    /^middlewares\.[^.]+\.headers\.accesscontrol/,
    cannot('import does not convert CORS of Traefik', 'write `gateway.cors`'),
  ],
];

function outcomeOf(name: string, value: string, { routes }: ImportedService): Outcome {
  if (name === 'traefik.enable')
    return routes.length > 0 ? defaulted('it has routes of the gateway') : noRoute;
  if (name === 'traefik.docker.network') return defaulted('the gateway reaches each service with a route');
  if (/^traefik\.(tcp|udp)\./.test(name)) return cannot('a route is one of HTTP', 'leave it out');
  if (/^traefik\.http\.services\.[^.]+\.loadbalancer\.server\.scheme$/.test(name) && value === 'http')
    return defaulted('the gateway sends HTTP to services');
  const rest = name.replace(/^traefik\.http\./, '');
  return outcomes.find(([pattern]) => pattern.test(rest))?.[1] ?? noCounterpart;
}
