import { randomBytes, randomUUID } from 'node:crypto';

export type Stored = Record<string, unknown>;

/** Every object by its path. */
export type Store = Map<string, Stored>;

export interface Call {
  path: string;
  /** Values of the route's `:names`. */
  ids: string[];
  store: Store;
  body: Stored;
  /** Parts of a multipart body by name. */
  form: Record<string, string>;
}

/** Returns the `result` of the response, or throws Refused. */
export type Endpoint = (call: Call) => unknown;

/** An error as Cloudflare reports it: an HTTP status, and a code with a message. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Returns the object. Throws Cloudflare's error if there is none. */
export function get(store: Store, path: string): Stored {
  const found = store.get(path);
  if (found === undefined) throw new Refused(404, 10_007, `not found: ${path}`);
  return found;
}

/** Removes the object and returns it. */
export function remove(store: Store, path: string): Stored {
  const found = get(store, path);
  store.delete(path);
  return found;
}

/** Throws if a required field is missing, or if there is an unknown field. */
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

/** Handles `GET` of an object by its path. */
export const read: Endpoint = ({ store, path }) => get(store, path);
