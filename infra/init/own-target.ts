import { join, posix } from 'node:path';
import { loadStack } from '../stack/load.ts';
import { chooseTarget } from '../targets/index.ts';
import { problemsOf } from './check-proposals.ts';
import type { Existing } from './existing.ts';

/** The settings of the environment `dev`, which `init` makes. */
export interface OwnTarget {
  target: string;
  /** Path of its stack file, relative to the project. */
  stackFile: string;
  /** Why it has this target; undefined for the usual one. */
  reason: string | undefined;
}

const usual = 'process';
const other = 'docker';

/**
 * Returns the settings with which this machine can run a stack file. One that exists, such as that of an import, can have an overlay
 * for `dev`, and services that only containers can run.
 */
export async function chooseOwnTarget(
  root: string,
  base: string,
  { read }: Pick<Existing, 'read'>,
): Promise<OwnTarget> {
  const { dir, name, ext } = posix.parse(base);
  const overlay = posix.join(dir, `${name}.dev${ext}`);
  const stackFile = read(overlay) === undefined ? base : overlay;
  const problemsOn = async (target: string) =>
    problemsOf(() => loadStack(join(root, stackFile)), await chooseTarget({ name: 'dev', target }));
  const [first] = read(base) === undefined ? [] : await problemsOn(usual);
  if (first === undefined || (await problemsOn(other)).length > 0)
    return { target: usual, stackFile, reason: undefined };
  const reason = `The target of dev is ${other}, because ${usual} cannot run ${stackFile}: ${first.path}: ${first.message}`;
  return { target: other, stackFile, reason };
}
