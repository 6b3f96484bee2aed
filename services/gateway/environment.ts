/** Where one route of the stack file leads, and what it asks of a request. */
export interface Route {
  /** `/api/*` (everything below and `/api` itself) or an exact path such as `/robots.txt`. */
  path: string;
  /** Scheme, host and port that the origin sees as its own: `http://127.88.4.1:3001`. */
  origin: string;
  binding: OriginBinding;
  /** Name of the service that listens there: what is signed for it is worth nothing at another. */
  service?: string;
  /** `period` is in seconds. */
  rateLimit?: { binding: LimiterBinding; period: 10 | 60 };
  auth?: RouteAuth;
  /** Seconds that an answer may be kept. */
  cache?: number;
}

/** Whose tokens open a route. */
export interface RouteAuth {
  /** URL of the issuer's key set. */
  jwks: string;
  /** The way to the host of `jwks`; absent on Cloudflare, whose runtime reaches the internet by itself. */
  binding?: OriginBinding;
  issuer: string;
  audience: string;
}

/** Name of the service binding that connects to an origin. */
export type OriginBinding = `ORIGIN_${number}`;

/** Name of a rate-limit binding: one for each limit that the stack file names. */
export type LimiterBinding = `RATE_LIMIT_${number}`;

/** The header that says who calls: Cloudflare's own, or that of our front (`infra/gateway/front`) where there is no Cloudflare. */
export type ClientSource = 'cf-connecting-ip' | 'x-gateway-client';

/** A service binding: `fetch` over a connection that only this Worker has. */
export interface Origin {
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Cloudflare's rate-limit binding. */
export interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** What is used of Cloudflare's `caches.default`; a key is a URL, and `Cache-Control` says how long an entry lives. */
export interface ResponseCache {
  match(key: string): Promise<Response | undefined>;
  put(key: string, response: Response): Promise<void>;
}

/** Which hosts a request may name. */
export interface Hosts {
  /** As `URL` writes them, without a port: `app.example.com`, `127.88.4.1`, `[::1]`; `*.example.com` is every subdomain. */
  names: string[];
  /** Whether every IP address is one, too: no page can have a name that is an address. */
  addresses: boolean;
}

/** Plain values among the bindings. */
export interface Variables {
  ROUTES: Route[];
  HOSTS: Hosts;
  CLIENT: ClientSource;
  CORS_ORIGINS: string[];
  /** Names of headers that services believe, beside those that never pass. */
  TRUSTED_HEADERS: string[];
}

/** Everything the Worker is bound to; the `binding`s of a `Route` name the other properties. */
export interface Bindings extends Variables {
  /** Bound where some route is cached; `default` is Cloudflare's own. */
  CACHE?: ResponseCache | 'default';
  /** PKCS #8 PEM of an Ed25519 key that signs every request to an origin. */
  SIGNING_KEY?: string;
  [origin: OriginBinding]: Origin | undefined;
  [limiter: LimiterBinding]: RateLimiter | undefined;
}

/** What the runtime offers beside one request. */
export interface Execution {
  /** Keeps the Worker alive after its answer until `work` has ended. */
  waitUntil(work: Promise<unknown>): void;
}
