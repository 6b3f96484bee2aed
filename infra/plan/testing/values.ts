import { fill, mapHoles } from '../fill.ts';
import type { Leaf } from '../hole.ts';

/** Fills all holes in a value. By default, the text of a config secret is `value of NAME`. */
export function valueOf<T>(value: unknown, textOf: (leaf: Leaf) => string = describe): T {
  return mapHoles(value, (hole) => fill(hole, textOf)) as T;
}

function describe(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'secret':
      return `value of ${leaf.name}`;
    case 'program':
      return `value of the program for ${leaf.name}`;
    case 'output':
      return `${leaf.resource.name}.${leaf.property}`;
    case 'call':
      return `${leaf.call.function}.${leaf.property}`;
  }
}
