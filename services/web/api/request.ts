import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { correlationHeader } from '../../shared/correlation.ts';
import { ErrorBody } from '../../shared/errors.ts';

/** In milliseconds, well below the gateway's time limit. */
const timeout = 5_000;

/** The api is unreachable, too slow or failing, or its response does not match the schema. */
export class ApiUnavailable extends Error {
  override name = 'ApiUnavailable';
}

/** The api refuses a request. The message, the code and the details give the reason. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal';
  readonly status: number;
  readonly code: string;
  readonly details: { path: string; message: string }[];

  constructor(status: number, { code, message, details }: ErrorBody['error']) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details ?? [];
  }
}

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: object;
  /** The version of the shift that the request changes. */
  version?: number;
  correlationId: string;
  /** Returns a service token. Absent for `/health`, which needs none. */
  token?: () => Promise<string>;
}

/** Sends one request and returns its response, checked against `schema`. Throws ApiUnavailable or ApiRefusal. */
export async function requestApi<Schema extends TSchema>(
  url: URL,
  request: ApiRequest,
  schema: Schema,
): Promise<Static<Schema>> {
  const { status, body } = await send(url, request);
  if (status >= 200 && status < 300) {
    if (Value.Check(schema, body)) return body;
    throw new ApiUnavailable(`${url.pathname} answered ${status} with a body of another shape`);
  }
  if (status < 500 && Value.Check(ErrorBody, body)) throw new ApiRefusal(status, body.error);
  throw new ApiUnavailable(`${url.pathname} answered ${status}`);
}

async function send(url: URL, { method = 'GET', body, version, correlationId, token }: ApiRequest) {
  const attempt = async () => {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        [correlationHeader]: correlationId,
        ...(body && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        ...(token && { authorization: `Bearer ${await token()}` }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  try {
    return await (method === 'GET' ? attempt().catch(retryLostConnection(attempt)) : attempt());
  } catch (error) {
    throw new ApiUnavailable(`${method} ${url.pathname} failed`, { cause: error });
  }
}

/**
 * Retries once after a TypeError, with which `fetch` reports a kept-alive connection that a stopping replica has
 * closed.
 */
function retryLostConnection<Answer>(attempt: () => Promise<Answer>) {
  return (error: unknown): Promise<Answer> => {
    if (error instanceof TypeError) return attempt();
    throw error;
  };
}
