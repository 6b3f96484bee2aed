import { delimiter, dirname } from 'node:path';
import { hashOf } from './hash.ts';

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

/**
 * Whatever the service declares wins. The deployment's id is one of code and variables alone: a process
 * that another number of replicas leaves as it is must not be told another one.
 */
export function codeEnvironment(values: {
  host: string;
  artifact: string;
  variables: Record<string, string>;
}): Record<string, string> {
  const { host, artifact, variables } = values;
  const RAILWAY_DEPLOYMENT_ID = hashOf({ artifact, variables });
  return { ...basicEnvironment(), NODE_ENV: 'production', HOST: host, RAILWAY_DEPLOYMENT_ID, ...variables };
}
