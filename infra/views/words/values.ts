import type { ResourceChange, ServiceChange } from '../../changes/model.ts';
import { kindOf } from '../../changes/resource-name.ts';
import { code, joined, type Phrase, say } from '../phrase.ts';
import { entriesOf, side, sidesOf } from './names.ts';

/** Of each variable: its name, its two texts, and what happens to the secret in it. */
export function valueRows({ values, change }: ServiceChange): Phrase[][] {
  return values.map(({ name, before, after, secret }) => {
    const isSameText = before !== undefined && before === after;
    const text = isSameText ? side(before) : sidesOf({ before, after }, change);
    return [code(name), text, secret === undefined ? [] : [secretWords[secret]]];
  });
}

const secretWords = {
  added: 'secret added',
  changed: 'secret changed',
  removed: 'secret removed',
  same: 'same secret',
  unknown: 'secret not compared',
};

export function sizeRows({ size, change }: ServiceChange): Phrase[][] {
  return entriesOf(size).map(([name, pair]) => [[name], sidesOf(pair, change)]);
}

/** The operation, the kind and name of the resource, and its properties that differ. */
export function resourceRow({ type, name, operation, paths, unprotected }: ResourceChange): Phrase[] {
  const properties = [...paths.map(code), ...(unprotected ? [['no longer protected']] : [])];
  return [[operation], say`${kindOf(type)} ${name}`, joined(properties)];
}
