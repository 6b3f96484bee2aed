import { Type, type Static } from 'typebox';

export const pageQuery = {
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  pageSize: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
};

/** `total` counts the items of all pages. */
export const PageMeta = Type.Object({
  page: Type.Integer(),
  pageSize: Type.Integer(),
  total: Type.Integer(),
});

export type Page = Static<ReturnType<typeof Type.Object<typeof pageQuery>>>;

export function offset({ page, pageSize }: Page): number {
  return (page - 1) * pageSize;
}
