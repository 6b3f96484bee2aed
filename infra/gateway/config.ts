import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../../tools/user-error.ts';

const address = z.url({ protocol: /^https?$/ });

/** Limit per client and route. Cloudflare supports only these two periods, in seconds. */
const rateLimit = z.strictObject({
  requests: z.int().positive(),
  period: z.union([z.literal(10), z.literal(60)]),
});

/** A further address to listen on, at the same port. */
export const alsoAt = z.ipv4().optional();

/** Schema of routes, limits and origins, for a self-hosted gateway and for Cloudflare. */
export const routing = {
  /**
   * The route with the most specific host applies, then the one with the longest path; `/api/*` matches `/api` too, and
   * a route without `host` is for every host. `origin` is `http://host:port`, `service` is the name of the service there,
   * `cache` is in seconds.
   */
  routes: z
    .array(
      z.strictObject({
        host: z.string().optional(),
        path: z.string().startsWith('/'),
        stripPrefix: z.boolean().optional(),
        origin: address,
        service: z.string().optional(),
        rateLimit: rateLimit.optional(),
        auth: z.strictObject({ jwks: address, issuer: z.string(), audience: z.string() }).optional(),
        cache: z.int().positive().optional(),
      }),
    )
    .min(1),
  /** Applies to routes without a limit of their own. */
  rateLimit: rateLimit.optional(),
  /** Origins whose pages may call the services, for example `https://example.org`. */
  cors: z.strictObject({ origins: z.array(z.string()) }).optional(),
  /** Hosts that the gateway accepts in addition to its listen address. */
  hosts: z.strictObject({ names: z.array(z.string()), addresses: z.boolean() }).optional(),
  /** Further headers that services trust and clients may not send, in lower case. */
  trustedHeaders: z.array(z.string()).optional(),
  /** PKCS #8 PEM of an Ed25519 key. If set, the gateway signs every request to an origin. */
  signingKey: z.string().optional(),
};

/** Configuration of a self-hosted gateway, read from a JSON file. */
const gatewayConfig = z.strictObject({
  /** Absolute path of the bundled Worker. */
  script: z.string(),
  /** Path of the workerd executable. Default: the one of the npm package. */
  workerd: z.string().optional(),
  /** Address to listen on. */
  host: z.string(),
  /** 0 selects any free port. */
  port: z.int().min(0).max(65535),
  alsoAt,
  /**
   * Whether a proxy makes every connection and sets X-Forwarded-For and X-Forwarded-Proto. Otherwise the client is the address
   * of the connection.
   */
  forwarded: z.boolean().optional(),
  ...routing,
});

export type GatewayConfig = z.infer<typeof gatewayConfig>;

/** Reads the configuration. Throws a UserError that names every invalid field. */
export function readGatewayConfig(file: string): GatewayConfig {
  const parsed = gatewayConfig.safeParse(parseJson(file));
  if (!parsed.success) throw new UserError(`${file}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`Cannot read the gateway's configuration ${file}: ${String(error)}`);
  }
}
