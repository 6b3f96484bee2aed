/**
 * Returns the numbers of the version that the tag of an image names: `['10', '11']` of `mariadb:10.11-jammy`, `['17']` of
 * `pgvector/pgvector:pg17`. Empty if it names none.
 */
export function taggedVersion(image: string): string[] {
  const tag = /:([^@/:]+)(?:@|$)/.exec(image)?.[1] ?? '';
  const [, numbers] = /(?:^|-)pg(\d+)/.exec(tag) ?? /^v?(\d+(?:\.\d+)?)/.exec(tag) ?? [];
  return numbers?.split('.') ?? [];
}
