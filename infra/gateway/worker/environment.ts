/** One route of the stack file: its origin, and its conditions for requests. */
export interface Route {
  /** `app.example.com`, or `*.example.com` for every subdomain. Absent: every host. */
  host?: string;
  /** `/api/*` (everything below and `/api` itself) or an exact path such as `/robots.txt`. */
  path: string;
  /** Whether the origin gets the path without `path`. */
  stripPrefix?: boolean;
  /** The origin's URL: scheme, host and port, for example `http://127.88.4.1:3001`. */
  origin: string;
  binding: OriginBinding;
  /** Name of the service at the origin. A signature for this service is invalid at any other. */
  service?: string;
  /** `period` is in seconds. */
  rateLimit?: { binding: LimiterBinding; period: 10 | 60 };
  auth?: RouteAuth;
  /** Lifetime of a cached response, in seconds. */
  cache?: number;
}

/** The tokens that a route accepts. */
export interface RouteAuth {
  /** URL of the issuer's key set. */
  jwks: string;
  /** Connection to the host of `jwks`. Absent on Cloudflare, whose runtime can connect to the internet. */
  binding?: OriginBinding;
  issuer: string;
  audience: string;
}

/** Name of the service binding that connects to an origin. */
export type OriginBinding = `ORIGIN_${number}`;

/** Name of a rate-limit binding: one for each limit that the stack file names. */
export type LimiterBinding = `RATE_LIMIT_${number}`;

/** Header with the client's address: set by Cloudflare, or without Cloudflare by the front (`infra/gateway/front`). */
export type ClientSource = 'cf-connecting-ip' | 'x-gateway-client';

/** A service binding: `fetch` over a connection that only this Worker can use. */
export interface Origin {
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Cloudflare's rate-limit binding. */
export interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** The used part of Cloudflare's `caches.default`. A key is a URL; `Cache-Control` sets the lifetime of an entry. */
export interface ResponseCache {
  match(key: string): Promise<Response | undefined>;
  put(key: string, response: Response): Promise<void>;
}

/** The hosts that the gateway accepts in a request. */
export interface Hosts {
  /**
   * As `URL` writes them, without a port: `app.example.com`, `127.88.4.1`, `[::1]`; `*.example.com` is every
   * subdomain.
   */
  names: string[];
  /** Whether to accept every IP address as well. DNS rebinding needs a domain name, so addresses are safe. */
  addresses: boolean;
}

/** The bindings that are plain values. */
export interface Variables {
  ROUTES: Route[];
  HOSTS: Hosts;
  CLIENT: ClientSource;
  CORS_ORIGINS: string[];
  /** Further headers that services trust. The gateway removes them from requests, as it does with its own list. */
  TRUSTED_HEADERS: string[];
}

/** All bindings of the Worker. The `binding` fields of a `Route` name the indexed properties. */
export interface Bindings extends Variables {
  /** Set if any route is cached. `default` selects Cloudflare's cache. */
  CACHE?: ResponseCache | 'default';
  /** PKCS #8 PEM of an Ed25519 key that signs every request to an origin. */
  SIGNING_KEY?: string;
  [origin: OriginBinding]: Origin | undefined;
  [limiter: LimiterBinding]: RateLimiter | undefined;
}

/** The Worker runtime's context of one request. */
export interface Execution {
  /** Keeps the Worker alive after its response until `work` has settled. */
  waitUntil(work: Promise<unknown>): void;
}
