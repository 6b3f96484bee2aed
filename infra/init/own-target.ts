import { join, posix } from 'node:path';
import { loadStack } from '../stack/load.ts';
import { chooseTarget } from '../targets/index.ts';
import { problemsOf } from './check-proposals.ts';
import type { Existing } from './existing.ts';

/** The settings of the environment with which `init` ends. */
export interface OwnTarget {
  /** `dev`, which `init` writes; the name of a target outside of this machine; undefined if no target can run the stack file. */
  environment: string | undefined;
  target: string;
  /** Path of its stack file, relative to the project. */
  stackFile: string;
  /** Why it has this target; undefined for the usual one. */
  reason: string | undefined;
}

/** The environment on this machine. */
export const ownEnvironment = 'dev';

/** In the order of preference. `init` writes no environment of a cluster: only the user knows which one. */
const here = ['process', 'docker'];
const outside = ['kubernetes'];

/** Returns the name of the first environment on a target. */
export function environmentFor(target: string): string {
  return here.includes(target) ? ownEnvironment : target;
}

/**
 * Returns the settings with which a stack file can run, on this machine if possible. One that exists, such as that of an import, can
 * have overlays for environments and targets, and services that only some targets can run.
 */
export async function chooseOwnTarget(
  root: string,
  base: string,
  { read }: Pick<Existing, 'read'>,
): Promise<OwnTarget> {
  const { dir, name, ext } = posix.parse(base);
  const failed: Failure[] = [];
  for (const target of [...here, ...outside]) {
    const environment = environmentFor(target);
    const overlays = [...new Set([environment, target])].map((part) =>
      posix.join(dir, `${name}.${part}${ext}`),
    );
    const existing = overlays.filter((path) => read(path) !== undefined);
    for (const stackFile of existing.length === 0 ? [base] : existing) {
      const load = () => loadStack(join(root, stackFile));
      const problems =
        read(base) === undefined ? [] : problemsOf(load, await chooseTarget({ name: environment, target }));
      const [first] = problems;
      if (first === undefined) return { environment, target, stackFile, reason: reasonFor(target, failed) };
      failed.push({ target, what: `${stackFile}: ${first.path}: ${first.message}` });
    }
  }
  const reason = [
    'No environment is written, because no target can run the stack file.',
    whyNot(failed),
    `Correct ${base}, then run this again.`,
  ].join(' ');
  return { environment: undefined, target: here[0]!, stackFile: base, reason };
}

interface Failure {
  target: string;
  /** The stack file, and its first problem. */
  what: string;
}

function whyNot(failed: readonly Failure[]): string {
  const groups = [...Map.groupBy(failed, ({ what }) => what)];
  return groups
    .map(([what, group]) => `${group.map(({ target }) => target).join(' and ')} cannot run ${what}.`)
    .join(' ');
}

function reasonFor(target: string, failed: readonly Failure[]): string | undefined {
  if (failed.length === 0) return undefined;
  const why = whyNot(failed);
  return here.includes(target)
    ? `The target of ${ownEnvironment} is ${target}. ${why}`
    : `No environment is written, because this machine cannot run the system. ${why} The target ${target} can run it: write Pulumi.${target}.yaml with your cluster, as shown below.`;
}
