import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DescribedRelease } from '../artifacts/types.ts';
import { npmCommand } from '../common/commands.ts';
import { hashOf } from '../plan/hash.ts';
import { UserError } from '../../tools/user-error.ts';
import type { Context } from './context.ts';

/** Names the file with the release that `railhead up` has built. */
const variable = 'RAILHEAD_RELEASE';

/** What a release is built for. */
type Built = Pick<Context, 'target' | 'graph'>;

interface Handed {
  /** Hash of what the release was built for. */
  built: string;
  /** Hash of the texts of the stack files from which the graph was made. */
  texts: string;
  release: DescribedRelease;
}

/**
 * Hands a release to the Pulumi program, which the engine runs in another process: writes it to a file and returns the
 * environment variable that names the file. A release holds no secrets: builds receive none.
 *
 * @param folder where the file is written; only one command at a time uses the folder
 * @param texts the texts of the stack files, from the time at which the graph was made
 */
export function handRelease(
  folder: string,
  built: Built,
  { texts, release }: { texts: readonly string[]; release: DescribedRelease },
): Record<string, string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'release.json');
  const handed: Handed = { built: hashOfBuilt(built), texts: hashOf(texts), release };
  writeFileSync(file, JSON.stringify(handed), { mode: 0o600 });
  return { [variable]: file };
}

/**
 * Returns the release that `railhead up` has built for this graph and target. Undefined in a plain `pulumi up`, and if only the
 * program makes another graph. Throws UserError if a stack file was saved since: `up` has recorded and checked another one.
 *
 * @param readTexts returns the texts of the stack files
 */
export function handedRelease(
  built: Built,
  readTexts: () => readonly string[],
): DescribedRelease | undefined {
  const file = process.env[variable];
  if (file === undefined) return undefined;
  const handed = JSON.parse(readFileSync(file, 'utf8')) as Handed;
  if (handed.built === hashOfBuilt(built)) return handed.release;
  if (handed.texts === hashOf(readTexts())) return undefined;
  throw new UserError(
    `The stack file was saved after \`up\` had read it, so nothing was changed. Again: ${npmCommand('up', built.graph.environment)}`,
  );
}

function hashOfBuilt({ target, graph }: Built): string {
  // Warnings have paths relative to the current folder, which differs.
  return hashOf([target.name, { ...graph, warnings: [] }]);
}
