import type { Text } from '../../plan/hole.ts';
import type { ContainerPlan } from './planned.ts';

export interface File {
  /** Absolute path in a folder in memory. */
  path: string;
  content: Text;
}

/**
 * Returns a command that first writes files. Docker cannot copy files into a container with a read-only file system.
 * The contents are therefore passed as variables: a shell writes them to memory, unsets the variables and replaces
 * itself with the command.
 */
export function withFiles(
  command: string[],
  files: File[],
): Required<Pick<ContainerPlan, 'entrypoint' | 'command' | 'environment'>> {
  const named = files.map((file, index) => ({ ...file, variable: `RAILHEAD_FILE_${index + 1}` }));
  const script = [
    'umask 077',
    ...named.map(({ variable, path }) => `printf %s "$${variable}" >'${path}'`),
    `unset ${named.map(({ variable }) => variable).join(' ')}`,
    'exec "$@"',
  ];
  return {
    entrypoint: ['/bin/sh'],
    command: ['-ec', script.join('\n'), 'sh', ...command],
    environment: Object.fromEntries(named.map(({ variable, content }) => [variable, content])),
  };
}
