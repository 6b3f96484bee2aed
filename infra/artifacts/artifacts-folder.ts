import { join } from 'node:path';

/**
 * Returns where the artifacts of a project are.
 *
 * @param root absolute path of the project
 */
export function artifactsFolder(root: string): string {
  return join(root, '.railhead', 'artifacts');
}
