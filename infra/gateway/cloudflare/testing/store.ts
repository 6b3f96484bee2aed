import { randomBytes, randomUUID } from 'node:crypto';

export type Stored = Record<string, unknown>;

/** Every object by its path. */
export type Store = Map<string, Stored>;

export interface Call {
  path: string;
  /** Values of the `:names` of the route. */
  ids: string[];
  store: Store;
  body: Stored;
  /** Parts of a multipart body by name. */
  form: Record<string, string>;
}

/** Gives the `result` of the answer; throws Refused. */
export type Endpoint = (call: Call) => unknown;

/** What Cloudflare refuses, in its own way: an HTTP status, and a code with a message. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Throws what Cloudflare answers where there is none. */
export function get(store: Store, path: string): Stored {
  const found = store.get(path);
  if (found === undefined) throw new Refused(404, 10_007, `not found: ${path}`);
  return found;
}

/** Removes it; gives what it was. */
export function remove(store: Store, path: string): Stored {
  const found = get(store, path);
  store.delete(path);
  return found;
}

/** Throws where a field is missing, or one is there that the endpoint does not know. */
export function check(body: Stored, required: string[], optional: string[] = []): void {
  for (const field of required) {
    if (body[field] === undefined) throw new Refused(400, 10_021, `${field} is missing`);
  }
  for (const field of Object.keys(body)) {
    if (![...required, ...optional].includes(field)) throw new Refused(400, 10_021, `${field} is not known`);
  }
}

export const newId = (): string => randomBytes(16).toString('hex');
export const newUuid = (): string => randomUUID();
export const now = (): string => new Date().toISOString();

/** `GET` of an object by its path. */
export const read: Endpoint = ({ store, path }) => get(store, path);
