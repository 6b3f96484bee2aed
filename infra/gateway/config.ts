import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../stack/problem.ts';

const address = z.url({ protocol: /^https?$/ });

/** Per client and route; Cloudflare knows these two periods (in seconds) only. */
const rateLimit = z.strictObject({
  requests: z.int().positive(),
  period: z.union([z.literal(10), z.literal(60)]),
});

/** What routes, limits and origins are, for a gateway of our own and for Cloudflare's. */
export const routing = {
  /** The longest path that fits wins; `/api/*` covers `/api` too. `origin` is `http://host:port`, `service` its name, `cache` in seconds. */
  routes: z
    .array(
      z.strictObject({
        path: z.string().startsWith('/'),
        origin: address,
        service: z.string().optional(),
        rateLimit: rateLimit.optional(),
        auth: z.strictObject({ jwks: address, issuer: z.string(), audience: z.string() }).optional(),
        cache: z.int().positive().optional(),
      }),
    )
    .min(1),
  /** For routes that have none of their own. */
  rateLimit: rateLimit.optional(),
  /** Origins such as `https://example.org` whose pages may call the services. */
  cors: z.strictObject({ origins: z.array(z.string()) }).optional(),
  /** Hosts that a request may name, beside the address that the gateway listens on. */
  hosts: z.strictObject({ names: z.array(z.string()), addresses: z.boolean() }).optional(),
  /** Further headers that services believe, which clients may not send; in lower case. */
  trustedHeaders: z.array(z.string()).optional(),
  /** PKCS #8 PEM of an Ed25519 key; with it every request to an origin is signed. */
  signingKey: z.string().optional(),
};

/** What a gateway of our own is started with, as JSON in a file. */
const gatewayConfig = z.strictObject({
  /** The bundled Worker, an absolute path. */
  script: z.string(),
  /** The workerd executable; that of the npm package where absent. */
  workerd: z.string().optional(),
  /** Address to listen on. */
  host: z.string(),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65535),
  ...routing,
});

export type GatewayConfig = z.infer<typeof gatewayConfig>;

/** Throws a UserError that names every wrong field. */
export function readGatewayConfig(file: string): GatewayConfig {
  const parsed = gatewayConfig.safeParse(parseJson(file));
  if (!parsed.success) throw new UserError(`${file}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`The gateway's configuration cannot be read: ${String(error)}`);
  }
}
