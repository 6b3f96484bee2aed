import type { NetworkChange, Risk } from './model.ts';
import { publicClients, publishedPorts, routedServices } from './network.ts';
import { routeOf } from './route-key.ts';
import { placeOf, type Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

/** Returns what becomes reachable, and which protection of the gateway gets weaker. */
export function exposureRisks(sides: Sides, network: readonly NetworkChange[]): Risk[] {
  return [
    ...outsideRisks(sides, network),
    ...publishedRisks(sides),
    ...folderRisks(sides),
    ...routeRisks(sides),
    ...gatewayRisks(sides),
  ];
}

/** Returns a risk with the place of a path in the stack file. */
function exposure(sides: Sides, service: string, path: string[], text: string): Risk {
  const place = placeOf(sides, path);
  return { kind: 'exposure', service, text, ...(place && { place }) };
}

/** Returns the ports that clients outside of the system reach from now on, without the gateway. */
function publishedRisks(sides: Sides): Risk[] {
  const known = new Set(publishedPorts(sides.before).map(({ path }) => path.join('.')));
  return publishedPorts(sides.after)
    .filter(({ path }) => !known.has(path.join('.')))
    .map(({ service, name, published, path }) => {
      const text = `The port \`${name}\` of \`${service}\` is published at ${published}, without the gateway.`;
      return exposure(sides, service, path, text);
    });
}

/** Returns the folders of the repository that services can change from now on. */
function folderRisks(sides: Sides): Risk[] {
  const known = new Set(writableFolders(sides.before).map(({ service, folder }) => `${service} ${folder}`));
  return writableFolders(sides.after)
    .filter(({ service, folder }) => !known.has(`${service} ${folder}`))
    .map(({ service, folder, path }) =>
      exposure(sides, service, path, `\`${service}\` can change the folder \`${folder}\` of the repository.`),
    );
}

function writableFolders({ declared }: Pick<Snapshot, 'declared'> = { declared: {} }) {
  return Object.entries(declared).flatMap(([key, folder]) => {
    const path = key.split('.');
    const [services, service = '', field, name, part] = path;
    if (services !== 'services' || field !== 'bindMounts' || part !== 'source') return [];
    const isReadOnly = declared[`services.${service}.bindMounts.${name}.readOnly`] === 'true';
    return isReadOnly ? [] : [{ service, folder, path }];
  });
}

/** Returns the new connections to addresses outside of the system. */
function outsideRisks(sides: Sides, network: readonly NetworkChange[]): Risk[] {
  return network.flatMap(({ change, from, to, place }): Risk[] => {
    const form = sides.after?.services[to]?.form;
    if (change === 'removed' || from === publicClients || (form !== undefined && form !== 'external'))
      return [];
    const text = `\`${from}\` may connect to ${to}, outside of the system.`;
    return [{ kind: 'exposure', service: from, text, ...(place && { place }) }];
  });
}

interface Route {
  to: string;
  /** The name of the port. Absent for the main port. */
  port: string | undefined;
  /** JSON of the issuer whose tokens are required. */
  auth: string | undefined;
  limit: Limit | undefined;
}

interface Limit {
  requests: number;
  /** Seconds. */
  period: number;
}

function routeRisks(sides: Sides): Risk[] {
  const [before, after] = [routesOf(sides.before), routesOf(sides.after)];
  const known = new Set(sides.before === undefined ? [] : routedServices(sides.before));
  return Object.entries(after).flatMap(([path, route]): Risk[] => {
    const risk = (text: string) => exposure(sides, route.to, ['gateway', 'routes', path], text);
    const old = before[path];
    if (old?.to !== route.to || old.port !== route.port) {
      const token = route.auth === undefined ? 'without a token' : 'with a token';
      const target = `\`${route.to}\``;
      const [subject, object] =
        route.port === undefined
          ? [target, target]
          : [`The port \`${route.port}\` of ${target}`, `the port \`${route.port}\` of ${target}`];
      return [
        risk(
          known.has(route.to)
            ? `The route \`${path}\` leads to ${object}, ${token}.`
            : `${subject} becomes public at \`${path}\`, ${token}.`,
        ),
      ];
    }
    return [
      ...(old.auth === undefined || old.auth === route.auth
        ? []
        : route.auth === undefined
          ? [risk(`The route \`${path}\` no longer requires a token.`)]
          : [risk(`The route \`${path}\` accepts the tokens of another issuer.`)]),
      ...(isWeaker(old.limit, route.limit)
        ? [risk(`The route \`${path}\` ${limitText(route.limit)}; before, it was ${rateText(old.limit!)}.`)]
        : []),
    ];
  });
}

function routesOf(side: Snapshot | undefined): Record<string, Route> {
  const { declared = {} } = side ?? {};
  const limitAt = (prefix: string): Limit | undefined => {
    const requests = declared[`${prefix}.rateLimit.requests`];
    return requests === undefined
      ? undefined
      : { requests: Number(requests), period: Number(declared[`${prefix}.rateLimit.period`]) };
  };
  return Object.fromEntries(
    Object.entries(declared).flatMap(([key, to]): [string, Route][] => {
      const { route, field } = routeOf(key) ?? {};
      if (route === undefined || field !== 'to') return [];
      const own = `gateway.routes.${route}`;
      const auth = ['jwks', 'issuer', 'audience'].map((field) => declared[`${own}.auth.${field}`]);
      return [
        [
          route,
          {
            to,
            port: declared[`${own}.port`],
            auth: auth[0] === undefined ? undefined : JSON.stringify(auth),
            limit: limitAt(own) ?? limitAt('gateway'),
          },
        ],
      ];
    }),
  );
}

function isWeaker(before: Limit | undefined, after: Limit | undefined): boolean {
  if (before === undefined) return false;
  return after === undefined || after.requests / after.period > before.requests / before.period;
}

function limitText(limit: Limit | undefined): string {
  return limit === undefined ? 'has no rate limit any more' : `allows ${rateText(limit)}`;
}

function rateText({ requests, period }: Limit): string {
  return `${requests} requests in ${period} s`;
}

function gatewayRisks(sides: Sides): Risk[] {
  if (sides.before?.declared['gateway.port'] === undefined) return [];
  const [old, now] = [sides.before.declared, sides.after?.declared ?? {}];
  const risk = (field: string, text: string) =>
    exposure(sides, 'gateway', ['gateway', ...field.split('.')], text);
  const added = (field: string) => listAt(now, field).filter((item) => !listAt(old, field).includes(item));
  const removedHeaders = listAt(old, 'trustedHeaders').filter(
    (name) => !listAt(now, 'trustedHeaders').includes(name),
  );
  const domain = now['gateway.domain'];
  return [
    ...added('cors.origins').map((origin) =>
      risk('cors.origins', `Pages of ${origin} may call the gateway.`),
    ),
    ...added('hosts').map((host) => risk('hosts', `The gateway answers to ${host}.`)),
    ...hostsOfRoutes(now)
      .filter((host) => !hostsOfRoutes(old).includes(host))
      .map((host) => risk('routes', `The gateway answers to ${host}.`)),
    ...(domain === undefined || domain === old['gateway.domain']
      ? []
      : [risk('domain', `The gateway answers to ${domain}.`)]),
    ...(sides.after?.declared['gateway.port'] === undefined
      ? []
      : removedHeaders.map((name) => risk('trustedHeaders', `Clients can set the header ${name}.`))),
  ];
}

/** Returns the hosts that routes name, each once. */
function hostsOfRoutes(declared: Record<string, string>): string[] {
  const hosts = Object.keys(declared).map((key) => routeOf(key)?.route.split('/')[0] ?? '');
  return [...new Set(hosts)].filter((host) => host !== '');
}

function listAt(declared: Record<string, string>, field: string): string[] {
  return JSON.parse(declared[`gateway.${field}`] ?? '[]') as string[];
}
