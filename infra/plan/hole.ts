import type { PlannedResource, ProviderCall } from './planned.ts';

/** A text of a plan: known already, or filled in during a deployment. */
export type Text = string | Hole;

/** A place in a plan for a text that only a deployment knows. `source` says where the text comes from. */
export class Hole {
  readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }
}

/** Placeholder for a value that is rendered empty. It parses as a URL, since the address of an external server must. */
export const standIn = 'empty:';

export type Source = Leaf | Computed;

/** A source outside of the plan. */
export type Leaf =
  /** An output of a resource. `property` is a path: `password`, `metadata.uid`. */
  | { kind: 'output'; resource: PlannedResource; property: string; secret: boolean }
  /** A Pulumi config secret. */
  | { kind: 'secret'; name: string }
  /** A value that the user's Pulumi program passes by name. It is secret: the program may have it from anywhere. */
  | { kind: 'program'; name: string }
  /** A property of the result of a provider's function. The result is secret. */
  | { kind: 'call'; call: ProviderCall; property: string };

/** A text that is computed from others. */
export type Computed =
  | { kind: 'join'; parts: Text[] }
  /** The JSON text of a value with holes. */
  | { kind: 'json'; value: unknown }
  | { kind: 'base64'; text: Text }
  /** A hash of a value with holes as 16 hex digits. With a key it is public, even if the value contains secrets. */
  | { kind: 'hash'; value: unknown; key?: Text }
  /** A text that must pass a check. `problem` returns a message, which must not contain the text, if it does not. */
  | { kind: 'checked'; text: Text; problem: (text: string) => string | undefined }
  /** A part of a URL, without its percent encoding. */
  | { kind: 'urlPart'; url: Text; part: UrlPart; otherwise: string };

export type UrlPart = 'hostname' | 'port' | 'username' | 'password' | 'path';

/** Returns an output of a resource; `secret` marks one that must not be shown. */
export function outputOf(resource: PlannedResource, property: string, { secret = false } = {}): Hole {
  return new Hole({ kind: 'output', resource, property, secret });
}

export function configSecret(name: string): Hole {
  return new Hole({ kind: 'secret', name });
}

export function programValue(name: string): Hole {
  return new Hole({ kind: 'program', name });
}

export function resultOf(call: ProviderCall, property: string): Hole {
  return new Hole({ kind: 'call', call, property });
}

/** Joins texts. The result has no hole if no part has one. */
export function join(...parts: Text[]): Text {
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  return parts.length === 1 ? parts[0]! : new Hole({ kind: 'join', parts });
}

export function jsonText(value: unknown): Hole {
  return new Hole({ kind: 'json', value });
}

export function base64(text: Text): Hole {
  return new Hole({ kind: 'base64', text });
}

export function hashText(value: unknown, key?: Text): Hole {
  return new Hole({ kind: 'hash', value, ...(key !== undefined && { key }) });
}

/** Returns a text whose deployment fails with the message of `problem`, if that returns one for the text. */
export function checkedText(text: Text, problem: (text: string) => string | undefined): Hole {
  return new Hole({ kind: 'checked', text, problem });
}

/** Returns a part of a URL. `otherwise` is the result if the URL does not have the part. */
export function urlPart(url: Text, part: UrlPart, otherwise = ''): Hole {
  return new Hole({ kind: 'urlPart', url, part, otherwise });
}
