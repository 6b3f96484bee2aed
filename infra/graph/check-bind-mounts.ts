import { realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeOf } from '../../tools/error-code.ts';
import type { Finding } from '../stack/finding.ts';
import { isCode, type Stack } from '../stack/schema.ts';

/**
 * Checks that the folders of bind mounts exist and do not lead out of the repository.
 *
 * @param root absolute path of the repository
 */
export function checkBindMounts({ services }: Stack, root: string): Finding[] {
  return Object.entries(services).flatMap(([service, config]) =>
    Object.entries((isCode(config) && config.bindMounts) || {}).flatMap(([name, { source }]): Finding[] => {
      const problem = problemOf(source, root);
      if (problem === undefined) return [];
      const message = `${JSON.stringify(source)} ${problem}`;
      return [{ path: ['services', service, 'bindMounts', name, 'source'], message }];
    }),
  );
}

function problemOf(source: string, root: string): string | undefined {
  let folder: string;
  try {
    folder = realpathSync(join(root, source));
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
    return isMissing
      ? `does not exist in ${root}; create the folder, and commit a file in it for other checkouts`
      : `cannot be read: ${codeOf(error)}`;
  }
  if (!statSync(folder).isDirectory()) return 'is not a folder; list a single file under "files"';
  const path = relative(realpathSync(root), folder);
  // Another folder of the machine could contain secrets.
  if (/^\.\.(\/|$)/.test(path))
    return `is a symbolic link that leads out of ${root}; name a folder of the repository`;
  // With them, a service could change the history, or the data and keys of environments.
  if (/^(|\.git|\.railhead)(\/|$)/.test(path))
    return 'must be another folder of the repository: a service must not see .git and .railhead';
  return undefined;
}
