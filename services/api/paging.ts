import { Type, type Static } from 'typebox';

export const pageQuery = {
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  pageSize: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
};

export const PageQuery = Type.Object(pageQuery);
export type Page = Static<typeof PageQuery>;

export function offset({ page, pageSize }: Page): number {
  return (page - 1) * pageSize;
}
