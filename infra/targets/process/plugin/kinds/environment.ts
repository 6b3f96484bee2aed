import { delimiter, dirname } from 'node:path';

const kept = ['HOME', 'USER', 'LOGNAME', 'LANG', 'TZ', 'TMPDIR'];

/**
 * What a process gets of the caller's environment: the basics, and no secret of the caller. `node` is
 * the one that runs this provider. None of it makes another deployment when it changes.
 */
export function basicEnvironment(): Record<string, string> {
  const path = [dirname(process.execPath), process.env.PATH ?? '/usr/bin:/bin'].join(delimiter);
  const basics = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(basics), PATH: path };
}

/** Whatever the service declares wins. */
export function codeEnvironment(values: {
  host: string;
  variables: Record<string, string>;
}): Record<string, string> {
  return { ...basicEnvironment(), NODE_ENV: 'production', HOST: values.host, ...values.variables };
}
