import { z } from 'zod';
import { someTime } from './durations.ts';
import { fields, oneOf, port, whole } from './fields.ts';
import { plainText } from './names.ts';
import { obeys, valueAt, type Rule } from './rules.ts';

const routePath = z
  .string('a path, such as /api/*')
  .regex(/^\/([\w.~-]+\/)*([\w.~-]+|\*)?$/, 'a path, such as /, /docs or /api/*')
  .refine((path) => !/\/\.{1,2}(\/|$)/.test(path), 'must hold neither . nor .. between slashes')
  .refine(
    (path) => !/^\/(internal|health|metrics)(\/|$)/i.test(path),
    'is never routed: /internal, /health and /metrics stay inside',
  );

const origin = z
  .string('an origin')
  .regex(/^(\*|https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?)$/, 'an origin, such as https://app.example.com');

const host = z
  .string('a host')
  .regex(
    /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    'a host without a port, such as app.example.com, *.example.com or 192.0.2.7',
  );

const headerName = z
  .string('the name of a header')
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'the name of a header, such as X-Tenant-Id')
  .transform((name) => name.toLowerCase());

const keysRule = 'an https address, such as https://id.example.com/.well-known/jwks.json';

const rateLimit = fields({
  requests: whole(1, 1_000_000).describe('Requests of one client to one route in a period.'),
  period: z
    .literal(['10s', '60s', 10, 60], 'one of 10s, 60s, the periods that the limiter counts in')
    .transform((text) => (text === '10s' || text === 10 ? 10 : 60)),
});

const auth = fields({
  jwks: z
    .string(keysRule)
    .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[!-~]*$/, keysRule)
    .describe('Where the issuer publishes its keys: EdDSA, ES256 or RS256.'),
  issuer: plainText('the issuer of the tokens').describe('`iss` of a token.'),
  audience: plainText('the audience of the tokens').describe('`aud` of a token: exactly this one.'),
});

const route = obeys(
  fields({
    path: routePath,
    to: plainText('the name of a service'),
    rateLimit: rateLimit.optional().describe('Instead of the limit of the gateway.'),
    auth: auth.optional().describe('Only requests with a valid JWT as bearer token pass.'),
    cache: someTime
      .optional()
      .describe('How old an answer to GET or HEAD may be. Never kept: what belongs to one caller.'),
  }),
  [
    {
      key: 'cache',
      holds: (map) => valueAt(map, 'cache') === undefined || valueAt(map, 'auth') === undefined,
      problem: 'must be left out beside "auth": what a token opens is never cached',
    },
  ],
);

const id = z.string('an id of Cloudflare').regex(/^[0-9a-f]{32}$/, 'an id of Cloudflare: 32 hex digits');

const cloudflare = fields({
  account: id.describe('Id of the account that the Worker belongs to.'),
  zone: id.describe('Id of the zone that `domain` lies in.'),
  ownsZone: z
    .boolean('true or false')
    .default(true)
    .describe('Makes the rules of the zone; false for all but one of the environments that share it.'),
});

const isCloudflare = (map: object) => valueAt(map, 'provider') === 'cloudflare';

const gatewayRules: Rule[] = [
  {
    key: 'domain',
    holds: (map) => !isCloudflare(map) || valueAt(map, 'domain') !== undefined,
    problem: 'is missing: Cloudflare serves a domain',
  },
  {
    key: 'cloudflare',
    holds: (map) => !isCloudflare(map) || valueAt(map, 'cloudflare') !== undefined,
    problem: 'is missing: the ids of the account and the zone',
  },
  {
    key: 'hosts',
    holds: (map) => !isCloudflare(map) || isEmpty(valueAt(map, 'hosts')),
    problem: 'must be left out: Cloudflare sends the Worker requests for `domain` alone',
  },
];

function isEmpty(hosts: unknown): boolean {
  return hosts === undefined || (Array.isArray(hosts) && hosts.length === 0);
}

const gatewayFields = fields({
  provider: oneOf(['workerd', 'cloudflare'])
    .default('workerd')
    .describe('Who runs the Worker: a workerd beside the services, or Cloudflare.'),
  cloudflare: cloudflare.optional(),
  port: port.default(8080).describe('Local port, where the target has one.'),
  domain: z
    .string('a domain name')
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a domain name, such as app.example.com')
    .optional()
    .describe('Where people reach the system.'),
  hosts: z
    .array(host, 'a list of hosts')
    .default([])
    .describe(
      'Further hosts that requests may name, such as that of a load balancer; any other is answered with 421. Served without it: `domain`, the private address, and localhost where the target is one machine or there is no domain.',
    ),
  routes: z
    .array(route, 'a list of routes')
    .min(1, 'a list of at least one route')
    .describe('The most specific path wins.'),
  trustedHeaders: z
    .array(headerName, 'a list of header names')
    .default([])
    .describe(
      'Headers that services believe without a proof: they end at the gateway. X-User-*, X-Auth-*, X-Service-* and the like always do; a route with `auth` sets X-User-Id and X-User-Roles from the token.',
    ),
  rateLimit: rateLimit.optional().describe('For each route that has none of its own.'),
  cors: fields({ origins: z.array(origin, 'a list of origins') }).prefault({ origins: [] }),
});

/** The public entrance. */
export const gateway = obeys(gatewayFields, gatewayRules);
