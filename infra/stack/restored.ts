/**
 * Returns the path from which a stack file was copied. After a rollback, an environment reads copies of the stack files as they
 * were, below a folder of its own, and their paths are relative to the same folder as before:
 * `releases/qa.stack/stacks/shop.yaml` → `stacks/shop.yaml`.
 *
 * @param path relative or absolute
 */
export function originalPath(path: string): string {
  return path.replace(/(^|\/)(?:\.railhead\/releases\/[^/]+|releases)\/[^/]+\.stack\//, '$1');
}
