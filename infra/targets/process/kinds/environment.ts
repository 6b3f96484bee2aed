import { delimiter, dirname, join } from 'node:path';
import { hashOf } from '../../../plan/hash.ts';
import { runtimeKinds, type RuntimeName } from '../../../runtimes/index.ts';

const kept = ['HOME', 'USER', 'LOGNAME', 'LANG', 'TZ', 'TMPDIR'];

/** The names of all variables that `basicEnvironment` can return. */
export const inherited: readonly string[] = [...kept, 'PATH'];

/**
 * Returns the variables that a process inherits from the caller: basic ones only, since others may be secrets of the
 * caller. Puts the Node.js that runs this provider first on the PATH. A change of these variables does not make a new
 * deployment.
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
 * Returns the environment of a service's processes. Variables of the service override all others. RAILWAY_DEPLOYMENT_ID
 * depends on code and variables only: processes that keep running after a change of the number of replicas must keep
 * their id.
 */
export function codeEnvironment(values: {
  host: string;
  artifact: string;
  folder: string;
  runtime?: RuntimeName | undefined;
  variables: Record<string, string>;
}): Record<string, string> {
  const { host, artifact, variables } = values;
  const RAILWAY_DEPLOYMENT_ID = hashOf({ artifact, variables });
  return {
    ...basicEnvironment(),
    NODE_ENV: 'production',
    ...runtimeEnvironment(values),
    HOST: host,
    RAILWAY_DEPLOYMENT_ID,
    ...variables,
  };
}

/** Returns what the runtime of a service sets, with the programs of its installed packages first on the PATH. */
function runtimeEnvironment({
  folder,
  runtime = 'node',
}: {
  folder: string;
  runtime?: RuntimeName | undefined;
}) {
  const { environment, path } = runtimeKinds[runtime];
  if (path === undefined) return environment;
  return { ...environment, PATH: [join(folder, path), basicEnvironment().PATH].join(delimiter) };
}
