import { Type, type TSchema } from 'typebox';

/** Returns the schema of one page of a list. `total` counts the items of all pages. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    data: Type.Array(item),
    meta: Type.Object({ page: Type.Integer(), pageSize: Type.Integer(), total: Type.Integer() }),
  });
}
