import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { UserError } from '../../tools/user-error.ts';

/** A client of GitHub's REST and GraphQL API that waits for rate limits and repeats what can be repeated. */
export interface GitHub {
  /** Sends a request and checks the shape of the response. Throws GitHubError. */
  send: <T>(schema: z.ZodType<T>, method: Method, path: string, options?: SendOptions) => Promise<T>;
  /** Returns all pages of a list, one after the other. */
  pages: <T>(schema: z.ZodType<T>, path: string) => AsyncGenerator<T, void, undefined>;
  /** Downloads a file. */
  download: (path: string) => Promise<Buffer>;
  /** Sends a query to the GraphQL API. */
  query: <T>(schema: z.ZodType<T>, query: string) => Promise<T>;
}

export interface GitHubAccess {
  /** `https://api.github.com` */
  api: string;
  graphql: string;
  token: string;
  /** The permissions that the token needs, for errors: `issues: write`. */
  needs: string;
}

type Method = 'GET' | 'POST' | 'PATCH';

interface SendOptions {
  body?: unknown;
  /** Whether a request whose outcome is unknown may be sent again. Default: all but POST. */
  isRepeatable?: boolean;
}

/** A request that GitHub answered with an error. `status` is undefined if no response arrived. */
export class GitHubError extends UserError {
  override name = 'GitHubError';
  status: number | undefined;

  constructor(message: string, status: number | undefined) {
    super(message);
    this.status = status;
  }
}

const attempts = 5;
const firstPause = 500;
/** GitHub asks for at least one minute after a secondary rate limit without `Retry-After`. */
const limitPause = 60_000;
/** The longest wait for a rate limit: the job ends after ten minutes. */
const patience = 5 * 60_000;
const requestTimeout = 30_000;

/** Returns the pause before the next attempt in milliseconds, doubled with each attempt. */
export function backoff(attempt: number, first = firstPause): number {
  return first * 2 ** (attempt - 1);
}

/** Opens a client. Its errors name the method and the path, never the token or what a response contains. */
export function openGitHub({ api, graphql, token, needs }: GitHubAccess): GitHub {
  const fetchFrom = async (
    url: string,
    method: Method,
    { body, isRepeatable = method !== 'POST' }: SendOptions,
  ) => {
    const init = {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'railhead',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    };
    const request = `${method} ${new URL(url).pathname}`;
    for (let attempt = 1; ; attempt++) {
      const response = await fetchOnce(url, init);
      if (response?.ok) return response;
      const pause = await pauseAfter(response, attempt, isRepeatable);
      if (pause === undefined || attempt === attempts) throw failed(request, response?.status, needs);
      if (pause > patience) throw limited(request, pause);
      await sleep(pause);
    }
  };
  return {
    send: async (schema, method, path, options = {}) =>
      schema.parse(await (await fetchFrom(api + path, method, options)).json()),
    async *pages(schema, path) {
      for (let url: string | undefined = api + path; url !== undefined;) {
        const response: Response = await fetchFrom(url, 'GET', {});
        yield schema.parse(await response.json());
        url = nextPage(response);
      }
    },
    // fetch sends the token to GitHub only: a redirect to the storage is another origin.
    download: async (path) => Buffer.from(await (await fetchFrom(api + path, 'GET', {})).arrayBuffer()),
    query: async (schema, query) =>
      schema.parse(await (await fetchFrom(graphql, 'POST', { body: { query }, isRepeatable: true })).json()),
  };
}

/** Returns undefined if no response arrived. */
async function fetchOnce(url: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeout) });
  } catch (error) {
    if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return undefined;
    throw error;
  }
}

/** Returns the milliseconds to wait before the request is sent again; undefined if it must not be. */
async function pauseAfter(
  response: Response | undefined,
  attempt: number,
  isRepeatable: boolean,
): Promise<number | undefined> {
  if (response === undefined || response.status >= 500) return isRepeatable ? backoff(attempt) : undefined;
  if (response.status !== 403 && response.status !== 429) return undefined;
  const retryAfter = response.headers.get('retry-after');
  if (retryAfter !== null) return Number(retryAfter) * 1000;
  if (response.headers.get('x-ratelimit-remaining') === '0') {
    const reset = Number(response.headers.get('x-ratelimit-reset')) * 1000;
    return Math.max(reset - Date.now(), 0) + 1000;
  }
  // A 403 without these headers is a secondary limit, or a permission that the token does not have.
  const isLimit = response.status === 429 || /rate limit/i.test(await response.text());
  return isLimit ? backoff(attempt, limitPause) : undefined;
}

function nextPage(response: Response): string | undefined {
  return /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
}

function failed(request: string, status: number | undefined, needs: string): GitHubError {
  if (status === undefined)
    return new GitHubError(`GitHub did not answer ${request}. Run the job again.`, status);
  const next = status === 401 || status === 403 ? `Its token needs ${needs}.` : 'Run the job again.';
  return new GitHubError(`GitHub answered ${request} with ${status}. ${next}`, status);
}

function limited(request: string, pause: number): GitHubError {
  const end = new Date(Date.now() + pause).toISOString();
  return new GitHubError(`GitHub limits ${request} until ${end}. Run the job again then.`, 429);
}
