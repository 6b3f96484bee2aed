import { unknownValue } from '../provider/wire.ts';

/** Returns whether only a deployment knows a text, or a part of it. A rule cannot check it, so it reports it. */
export function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && (value.includes(unknownValue) || /<[^<>\s]+\.[\w.]+>/.test(value));
}

/** The end of a message about an unknown value. */
export const unknownAdvice = 'is known only during a deployment, so it cannot be checked: use a fixed value';
