/** Where one route of the stack file leads. */
export interface Route {
  /** `/api/*` (everything below and `/api` itself) or an exact path such as `/robots.txt`. */
  path: string;
  /** Scheme, host and port that the origin sees as its own: `http://127.88.4.1:3001`. */
  origin: string;
  binding: OriginBinding;
}

/** Name of the service binding that connects to an origin. */
export type OriginBinding = `ORIGIN_${number}`;

/** How to know who calls: Cloudflare's own header, or the peer address of the connection where there is no Cloudflare. */
export type ClientSource = 'cf-connecting-ip' | 'socket';

/** A service binding: `fetch` over a connection that only this Worker has. */
export interface Origin {
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Cloudflare's rate-limit binding. */
export interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** Plain values among the bindings. `RATE_LIMIT_PERIOD` is in seconds and comes with `RATE_LIMIT`. */
export interface Variables {
  ROUTES: Route[];
  CLIENT: ClientSource;
  CORS_ORIGINS: string[];
  RATE_LIMIT_PERIOD?: 10 | 60;
}

/** Everything the Worker is bound to; each `Route.binding` names one more property, an `Origin`. */
export interface Bindings extends Variables {
  RATE_LIMIT?: RateLimiter;
  [origin: OriginBinding]: Origin | undefined;
}
