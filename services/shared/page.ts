import { Type, type Static, type TSchema } from 'typebox';

/** Fields of a query for one page of a list. */
export const pageQuery = {
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  pageSize: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
};

export const PageQuery = Type.Object(pageQuery);
export type Page = Static<typeof PageQuery>;

/** Returns the number of items on the pages before this one. */
export function offset({ page, pageSize }: Page): number {
  return (page - 1) * pageSize;
}

/** Returns the schema of one page of a list. `total` counts the items of all pages. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    data: Type.Array(item),
    meta: Type.Object({ page: Type.Integer(), pageSize: Type.Integer(), total: Type.Integer() }),
  });
}
