/** The part of Cloudflare's API that the gateway uses, in memory on loopback. `endpoints.ts` has its endpoints. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { endpoints } from './endpoints.ts';
import { Refused, type Call, type Store } from './store.ts';

export interface FakeApi {
  /** The `baseUrl` for the provider. */
  url: string;
  /** Every object by its path, for example `/zones/<id>/rulesets/<id>`. */
  store: Store;
  /** Calls that changed an object, such as `PUT /accounts/…`, in order. */
  changes: string[];
  /** Calls without a matching endpoint. */
  unknown: string[];
  close(): void;
}

/** Starts the fake API. It accepts only calls with `Authorization: Bearer <token>`. */
export async function startFakeApi(token: string): Promise<FakeApi> {
  const store: Store = new Map();
  const changes: string[] = [];
  const unknown: string[] = [];

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { method = 'GET', headers, url = '/' } = request;
    const path = new URL(url, 'http://localhost').pathname;
    const body = await buffer(request);
    if (headers.authorization !== `Bearer ${token}`)
      return refusal(new Refused(403, 10_000, 'Authentication error'));
    for (const [route, endpoint] of Object.entries(endpoints)) {
      const ids = matches(route, method, path);
      if (ids === undefined) continue;
      if (method !== 'GET') changes.push(`${method} ${path}`);
      try {
        const call: Call = { path, ids, store, ...(await parse(body, headers['content-type'])) };
        return success(endpoint(call));
      } catch (error) {
        if (error instanceof Refused) return refusal(error);
        throw error;
      }
    }
    unknown.push(`${method} ${path}`);
    return refusal(new Refused(404, 7_000, 'No route for that URI'));
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, store, changes, unknown, close };
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** Returns the values of the route's `:names`, in order, or undefined if the route does not match. */
function matches(route: string, method: string, path: string): string[] | undefined {
  const [verb, pattern = ''] = route.split(' ');
  if (verb !== method) return undefined;
  return new RegExp(`^${pattern.replaceAll(/:\w+/g, '([^/]+)')}$`).exec(path)?.slice(1);
}

async function parse(body: Buffer, type = ''): Promise<Pick<Call, 'body' | 'form'>> {
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const parts = [...form].map(async ([name, part]) => [
      name,
      typeof part === 'string' ? part : await part.text(),
    ]);
    return { body: {}, form: Object.fromEntries(await Promise.all(parts)) as Record<string, string> };
  }
  return { body: body.length === 0 ? {} : (JSON.parse(body.toString()) as Call['body']), form: {} };
}

function success(result: unknown): Answer {
  // The API returns the content of a script without the JSON envelope.
  if (typeof result === 'string' && result.startsWith('export ')) {
    return { status: 200, type: 'application/javascript', body: result };
  }
  return json(200, { success: true, errors: [], messages: [], result });
}

function refusal({ status, code, message }: Refused): Answer {
  return json(status, { success: false, errors: [{ code, message }], messages: [], result: null });
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}
