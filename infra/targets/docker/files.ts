import type { Input } from '@pulumi/pulumi';
import type { ContainerPlan } from './plan.ts';

export interface File {
  /** Absolute, in a folder that is in memory. */
  path: string;
  content: Input<string>;
}

/**
 * A command that finds its files where it wants them. Docker copies nothing into a container whose file system is
 * read-only, so contents come as environment, are written to memory by the shell, and are gone from the environment of
 * what it then turns into.
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
