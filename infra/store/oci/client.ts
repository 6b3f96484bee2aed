import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { UserError } from '../../../tools/user-error.ts';
import { urlOf, type Address } from './address.ts';
import { authorize } from './authorization.ts';
import { ask, defaultPatience, limits, readText } from './http.ts';

/** What a request sends. */
export type Body = NonNullable<RequestInit['body']>;

export interface Request {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  /** A function, because a request is repeated with credentials. */
  body?: () => Body;
  /** Answers that are no errors, besides those of success. */
  accepted?: readonly number[];
}

/** Milliseconds before a request is repeated. Registries answer with an error while others change the same tag. */
const pauses = [100, 400, 1600];

/** How many requests of one client wait for an answer at the same time. */
const most = 8;

/** Sends requests to one repository, with credentials once the registry asks for them. */
export class Client {
  readonly address: Address;
  #authorization: string | undefined;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  readonly #patience: number;

  /** @param patience milliseconds to wait for an answer */
  constructor(address: Address, patience = defaultPatience) {
    this.address = address;
    this.#patience = patience;
  }

  /** @param path below the repository, such as `manifests/v1`, or what the registry calls a location */
  async send(path: string, request: Request = {}): Promise<Response> {
    const { registry, repository } = this.address;
    const url = new URL(path, `${urlOf(registry)}/v2/${repository}/`);
    let response = await this.#inTurn(() => this.#sendTo(url, request));
    for (const pause of pauses) {
      if (response.status < 500) break;
      await response.body?.cancel();
      await setTimeout(pause);
      response = await this.#inTurn(() => this.#sendTo(url, request));
    }
    if (response.ok || request.accepted?.includes(response.status)) return response;
    throw new UserError(
      `${registry} refused ${request.method ?? 'GET'} ${url.pathname}: ${await reasonOf(response)}`,
    );
  }

  async #sendTo(url: URL, request: Request): Promise<Response> {
    const response = await this.#try(url, request);
    // Another host, to which the registry has redirected, could name the place that gets the credentials.
    if (response.status !== 401 || !this.#isOwn(response.url)) return response;
    await response.body?.cancel();
    this.#authorization = await authorize(
      this.address.registry,
      response.headers.get('www-authenticate') ?? '',
    );
    return this.#try(url, request);
  }

  #isOwn(url: URL | string): boolean {
    return new URL(url).origin === new URL(urlOf(this.address.registry)).origin;
  }

  /** A history has hundreds of records, and a registry refuses as many connections at once. */
  async #inTurn<T>(send: () => Promise<T>): Promise<T> {
    if (this.#running < most) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await send();
    } finally {
      // The next one takes over the place.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  async #try(url: URL, { method = 'GET', headers = {}, body }: Request): Promise<Response> {
    // A location can be on another host, which must not get the credentials.
    const isOwn = this.#isOwn(url);
    const authorization = isOwn && this.#authorization ? { authorization: this.#authorization } : {};
    const init = {
      method,
      headers: { ...headers, ...authorization },
      ...(body && { body: body(), duplex: 'half' as const }),
    };
    return ask(this.address.registry, url, init, this.#patience);
  }
}

const clients = new Map<string, Client>();

/** Returns the client of a repository. A process has one for each, so it signs in once. */
export function clientFor(address: Address): Client {
  const name = `${address.registry}/${address.repository}`;
  const client = clients.get(name) ?? new Client(address);
  clients.set(name, client);
  return client;
}

const errors = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().optional() })).min(1),
});

async function reasonOf(response: Response): Promise<string> {
  const { status, statusText } = response;
  const text = await readText(response.body, limits.token, 'The reason').catch(() => '');
  const { data } = errors.safeParse(parseJson(text));
  const reasons = data?.errors.map(({ code, message }) => (message ? `${code}, ${message}` : code));
  return `${status} ${reasons?.join('; ') ?? statusText}`;
}
