import { UserError } from '../../tools/user-error.ts';
import { npmCommand } from '../common/commands.ts';
import { buildInImage, imageFolder, type BuildContainer } from './build-in-image.ts';
import { requireWithoutSecrets, withoutSecrets, type Secrets } from './build-secrets.ts';
import { prepareCopy } from './copy.ts';
import { hashTexts } from './hash.ts';
import type { BuildPlan, PreparedBuild, Source } from './plan.ts';
import { relocatePrograms } from './relocate.ts';
import { runShown } from './run-shown.ts';

/** How the `build` command of a service runs. */
export interface Command {
  command: string;
  /** What the same shell runs before the command. */
  setup?: string | undefined;
  /** The values of `buildVariables`. */
  variables: Readonly<Record<string, string>>;
  /** The names of `buildSecrets`. */
  secrets: readonly string[];
  /** What the runtime sets in every build. It changes with Railhead only. */
  environment: Readonly<Record<string, string>>;
  /** The container in which it runs; absent if the target runs no containers. */
  container?: BuildContainer;
}

/** Returns the value of a secret; undefined where only the engine knows it. Throws UserError. */
export type SecretOf = (name: string) => string | undefined | Promise<string>;

interface SecretReader {
  environment: string;
  secretOf: SecretOf;
}

/** Plans a copy of the source in which the service's `build` command runs. Secrets are read only if it does. */
export function planCommand(source: Source, command: Command, reader: SecretReader): BuildPlan {
  const prepare = async (cacheFile: string): Promise<PreparedBuild> => {
    const copy = await prepareCopy(source, cacheFile, commandSettings(command));
    const build = async (path: string) => {
      const secrets = await valuesOf(source, command, reader);
      await copy.build(path);
      await runBuild(source, command, path, secrets);
      await requireWithoutSecrets(source.service, path, secrets);
    };
    return { ...copy, build };
  };
  return { service: source.service, slow: true, prepare };
}

async function valuesOf(
  { service }: Source,
  { secrets }: Command,
  { environment, secretOf }: SecretReader,
): Promise<Record<string, string>> {
  const entries = secrets.map(async (name): Promise<[string, string]> => {
    const value = await secretOf(name);
    if (value !== undefined) return [name, value];
    throw new UserError(
      `The build of ${service} needs the secret ${name}, whose value only the engine knows. First: ${npmCommand('up', environment)}`,
    );
  });
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * Describes a build, except the files that it reads. States and previews contain it, so it has no values of variables. Of
 * a secret, it has only the name: a new token for the same packages does not change the artifact.
 */
export function commandSettings(build: Command): Record<string, string> {
  const { command, setup, variables, secrets, container } = build;
  return {
    command,
    ...(setup !== undefined && { setup }),
    ...(container !== undefined && { 'build image': container.image }),
    ...argumentSettings(variables),
    ...(secrets.length > 0 && { secrets: secrets.toSorted().join(' ') }),
  };
}

export function argumentSettings(variables: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(hashValues(variables));
  return Object.fromEntries(entries.map(([name, hash]) => [`argument ${name}`, hash]));
}

/** Returns the first 8 hex digits of the hash of each variable of a build, because a build can have a password as a variable. */
export function hashValues(variables: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(variables);
  return Object.fromEntries(entries.map(([name, value]) => [name, hashTexts(value).slice(0, 8)]));
}

/**
 * Runs a build command in a folder. Of the caller's environment, the command receives only PATH, HOME and LANG, and in a
 * container nothing. Of the service's variables, it receives only `buildVariables`, which contain no secrets, and
 * `buildSecrets`. Throws UserError, whose message contains no secrets.
 */
async function runBuild(
  { service, folder }: Source,
  { command, setup, variables, environment, container }: Command,
  path: string,
  secrets: Secrets,
): Promise<void> {
  const { PATH, HOME, LANG } = process.env;
  const given = { CI: 'true', ...environment, ...variables };
  const script = [setup, command].filter((line) => line !== undefined).join('\n');
  const { code, lines } =
    container === undefined
      ? await runShown('/bin/sh', ['-c', script], {
          cwd: path,
          env: { PATH, HOME, LANG, ...given, ...secrets },
        })
      : await buildInImage(path, script, given, secrets, container);
  // The folder of a container has its final path, `/app`.
  if (code === 0) return container === undefined ? relocatePrograms(path) : undefined;
  throw new UserError(
    [
      `The build of ${service} failed with exit code ${code}: ${command}`,
      ...withoutSecrets(lines, secrets).map((line) => `    ${line}`),
      container === undefined
        ? `Next: cd ${JSON.stringify(folder)} && ${command}`
        : `Next: docker run --rm -it -v ${JSON.stringify(folder)}:${imageFolder} -w ${imageFolder} ${container.image} sh`,
    ].join('\n'),
  );
}
