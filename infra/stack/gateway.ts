import * as z from 'zod';
import { someTime } from './durations.ts';
import { fields, oneOf, port, whole } from '../fields/fields.ts';
import { entranceFields } from './entrance.ts';
import { domainName, plainText } from './names.ts';
import { obeys, valueAt, type Rule } from '../fields/rules.ts';

const routePath = z
  .string('a path, such as /api/*')
  .regex(/^\/([\w.~-]+\/)*([\w.~-]+|\*)?$/, 'a path, such as /, /docs or /api/*')
  .refine((path) => !/\/\.{1,2}(\/|$)/.test(path), 'must contain neither . nor .. between slashes')
  .refine(
    (path) => !/^\/(internal|health|metrics)(\/|$)/i.test(path),
    'is never routed: /internal, /health and /metrics are private',
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

const routeHostRule = 'a host without a port, such as app.example.com or *.example.com';

/** As `host`, without addresses. */
const routeHost = z
  .string(routeHostRule)
  .regex(/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z]([a-z0-9-]*[a-z0-9])?$/, routeHostRule);

const headerName = z
  .string('the name of a header')
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'the name of a header, such as X-Tenant-Id')
  .transform((name) => name.toLowerCase());

const keysRule = 'an https address, such as https://id.example.com/.well-known/jwks.json';

const rateLimit = fields({
  requests: whole(1, 1_000_000).describe(
    'Maximum number of requests from one client to one route per period.',
  ),
  period: z
    .literal(['10s', '60s', 10, 60], 'one of 10s, 60s, the periods that the limiter counts in')
    .transform((text) => (text === '10s' || text === 10 ? 10 : 60)),
});

const auth = fields({
  jwks: z
    .string(keysRule)
    .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[!-~]*$/, keysRule)
    .describe('URL of the public keys of the issuer: EdDSA, ES256 or RS256.'),
  issuer: plainText('the issuer of the tokens').describe('Required `iss` of a token.'),
  audience: plainText('the audience of the tokens').describe(
    'Required `aud` of a token, which may contain no other audience.',
  ),
});

const route = obeys(
  fields({
    host: routeHost
      .optional()
      .describe(
        'Host that the route matches; default: every host. *.example.com matches every subdomain. On process and docker, app.example.com is also served at app.localhost.',
      ),
    path: routePath,
    stripPrefix: z
      .boolean('true or false')
      .optional()
      .describe(
        'Whether the gateway removes the path of the route from requests: /api/users becomes /users. X-Forwarded-Prefix contains the removed prefix.',
      ),
    to: plainText('the name of a service'),
    port: plainText('the name of a port')
      .optional()
      .describe('Name of a port in `ports` of the service, with `protocol: http`. Default: its main port.'),
    rateLimit: rateLimit.optional().describe('Overrides the rate limit of the gateway.'),
    auth: auth.optional().describe('Accepts only requests with a valid JWT as bearer token.'),
    cache: someTime
      .optional()
      .describe(
        'Maximum age of a cached response to GET or HEAD. Responses for a single user are never cached.',
      ),
  }),
  [
    {
      key: 'stripPrefix',
      holds: (map) =>
        valueAt(map, 'stripPrefix') !== true || !['/', '/*'].includes(String(valueAt(map, 'path'))),
      problem: 'must be left out: the path of the route has no prefix',
    },
    {
      key: 'cache',
      holds: (map) => valueAt(map, 'cache') === undefined || valueAt(map, 'auth') === undefined,
      problem: 'must be left out with "auth": responses that require a token are never cached',
    },
  ],
);

const id = z.string('an id of Cloudflare').regex(/^[0-9a-f]{32}$/, 'an id of Cloudflare: 32 hex digits');

const cloudflare = fields({
  account: id.describe('ID of the account that owns the Worker.'),
  zone: id.describe('ID of the zone that contains `domain`.'),
  ownsZone: z
    .boolean('true or false')
    .default(true)
    .describe(
      'Whether this environment manages the rules of the zone. Set it to false in all but one of the environments that share the zone.',
    ),
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
    problem:
      'must be left out: Cloudflare sends the Worker only requests for `domain` and the hosts of routes',
  },
  ...['ingress', 'httpRoute'].map((key) => ({
    key,
    holds: (map: object) => !isCloudflare(map) || valueAt(map, key) === undefined,
    problem: 'must be left out: Cloudflare sends the requests',
  })),
  {
    key: 'httpRoute',
    holds: (map) => valueAt(map, 'httpRoute') === undefined || valueAt(map, 'ingress') === undefined,
    problem: 'must be left out with "ingress": requests reach the gateway through one of the two',
  },
];

function isEmpty(hosts: unknown): boolean {
  return hosts === undefined || (Array.isArray(hosts) && hosts.length === 0);
}

const gatewayFields = fields({
  provider: oneOf(['workerd', 'cloudflare'])
    .default('workerd')
    .describe('Where the Worker runs: in a workerd next to the services, or on Cloudflare.'),
  cloudflare: cloudflare.optional(),
  port: port.default(8080).describe('Local port of the gateway, on targets that have one.'),
  domain: domainName.optional().describe('Public domain of the system.'),
  ...entranceFields,
  hosts: z
    .array(host, 'a list of hosts')
    .default([])
    .describe(
      'Additional hosts that the gateway accepts, such as the host of a load balancer. It always accepts `domain`, the hosts of routes, its private address, and localhost if the target is a single machine or there is no domain. Requests to other hosts get a 421.',
    ),
  routes: z
    .array(route, 'a list of routes')
    .min(1, 'a list of at least one route')
    .describe('Routes to services. The most specific host wins, then the most specific path.'),
  trustedHeaders: z
    .array(headerName, 'a list of header names')
    .default([])
    .describe(
      'Headers that services trust, so the gateway removes them from requests. It always removes X-User-*, X-Auth-*, X-Service-* and similar headers. A route with `auth` sets X-User-Id and X-User-Roles from the token.',
    ),
  rateLimit: rateLimit.optional().describe('Rate limit of each route without its own.'),
  cors: fields({ origins: z.array(origin, 'a list of origins') }).prefault({ origins: [] }),
});

/** The public entry point. */
export const gateway = obeys(gatewayFields, gatewayRules);
