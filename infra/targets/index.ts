import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../tools/user-error.ts';
import { configCommand } from '../common/commands.ts';
import { projectRoot } from '../common/roots.ts';
import { nearest } from '../stack/nearest.ts';
import type { Target } from './shared/target.ts';

/** Railhead's own targets by their names in `railhead:target`. Each is loaded only when it is needed. */
const targets: Record<string, () => Promise<Target>> = {
  process: async () => (await import('./process/target.ts')).processTarget,
  docker: async () => (await import('./docker/target.ts')).dockerTarget,
  kubernetes: async () => (await import('./kubernetes/target.ts')).kubernetesTarget,
};

/**
 * Returns the target of an environment: one of Railhead's by its name, or the default export of a module by its path
 * relative to the project, such as `./targets/nomad.ts`. Throws UserError.
 */
export async function chooseTarget({ name, target }: { name: string; target: string }): Promise<Target> {
  const load = Object.hasOwn(targets, target) ? targets[target] : undefined;
  if (load !== undefined) return load();
  if (/^\.\.?\//.test(target)) return loadModule(target, name);
  const likely = nearest(target, Object.keys(targets));
  throw wrongTarget(
    name,
    `is ${JSON.stringify(target)}; it must be ${Object.keys(targets).join(', ')}, or the path of a module that exports a target, such as ./targets/nomad.ts.`,
    likely && `Did you mean ${JSON.stringify(likely)}? ${configCommand(name, 'target', likely)}`,
  );
}

/** Returns all targets of Railhead. */
export function standardTargets(): Promise<Target[]> {
  return Promise.all(Object.values(targets).map((load) => load()));
}

/**
 * Returns every target that the state of an environment can have resources of: its own one and those of Railhead, since
 * the environment may have had another target before.
 */
export async function possibleTargets(environment: { name: string; target: string }): Promise<Target[]> {
  return [...new Set([await chooseTarget(environment), ...(await standardTargets())])];
}

async function loadModule(path: string, environment: string): Promise<Target> {
  const file = join(projectRoot(), path);
  if (!existsSync(file)) throw wrongTarget(environment, `names ${path}, which does not exist.`);
  const exports = (await import(pathToFileURL(file).href)) as { default?: Partial<Target> };
  const missing = members.filter((name) => exports.default?.[name] === undefined);
  if (missing.length === 0) return exports.default as Target;
  const names = missing.map((name) => `\`${name}\``).join(', ');
  throw wrongTarget(
    environment,
    `names ${path}, whose default export has no ${names}. defineTarget() makes one.`,
  );
}

/** The members that every target has. Node does not check the types of a module that it loads. */
const members = Object.keys({
  name: true,
  fields: true,
  unsupported: true,
  publicScheme: true,
  otherProviders: true,
  preflight: true,
  load: true,
  stores: true,
  handover: true,
  data: true,
  newIdentity: true,
} satisfies Record<RequiredKeys<Target>, true>) as RequiredKeys<Target>[];

type RequiredKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? never : Key }[keyof T];

function wrongTarget(environment: string, problem: string, next?: string): UserError {
  const where = `Pulumi.${environment}.yaml: railhead:target ${problem}`;
  return new UserError(next === undefined ? where : `${where}\n${next}`);
}
