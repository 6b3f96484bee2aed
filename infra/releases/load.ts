import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument, type FileKind } from '../stack/document.ts';
import { placeFindings, type Finding } from '../stack/finding.ts';
import { describeIssues } from '../stack/issues.ts';
import { StackError, type Problem } from '../stack/problem.ts';
import { readSource } from '../stack/source.ts';
import { toValue } from '../stack/tree.ts';
import { releaseSchema, type ReleaseFile } from './schema.ts';

const kind: FileKind = { name: 'a release file', needs: '"version", "environment" and "artifacts"' };

/** A release file that has been read. */
export interface PinnedRelease {
  /** Path relative to the project: `releases/staging.yaml`. */
  file: string;
  release: ReleaseFile;
  /** Converts findings to problems with their places in the file. */
  place: (findings: Finding[]) => Problem[];
}

/** Returns the path of the release file of an environment, relative to the project. */
export function releasePath(environment: string): string {
  return `releases/${environment}.yaml`;
}

/** Names the folder from which release files are read. The preview of a rollback has its own, so that it changes none of the project. */
export const releasesVariable = 'RAILHEAD_RELEASES';

/** Returns whether the artifacts of an environment come from a release file. */
export function hasRelease(environment: string, root: string): boolean {
  return existsSync(join(root, readPath(environment)));
}

/** Returns the path from which a release file is read, relative to the project. */
function readPath(environment: string): string {
  return join(process.env[releasesVariable] ?? 'releases', `${environment}.yaml`);
}

/**
 * Reads the release file of an environment. Undefined if it has none: then its artifacts are built. Throws StackError.
 *
 * @param root absolute path of the project
 */
export function loadRelease(environment: string, root: string): PinnedRelease | undefined {
  const file = releasePath(environment);
  requireName(file, root);
  if (!hasRelease(environment, root)) return undefined;
  const shown = relative(process.cwd(), join(root, readPath(environment)));
  return parseRelease(readSource(shown, kind), file, shown);
}

/**
 * Reads the text of a release file. Throws StackError.
 *
 * @param file path relative to the project
 * @param shown the path in problems
 */
export function parseRelease(text: string, file: string, shown = file): PinnedRelease {
  const tree = parseDocument(text, shown, kind);
  const parsed = releaseSchema.safeParse(toValue(tree));
  if (!parsed.success) throw new StackError(placeFindings(describeIssues(parsed.error.issues, tree), tree));
  return { file, release: parsed.data, place: (findings) => placeFindings(findings, tree) };
}

/** Throws StackError if the file has the other ending of YAML: the environment would build what it should take. */
function requireName(file: string, root: string): void {
  const other = file.replace(/\.yaml$/, '.yml');
  if (!existsSync(join(root, other))) return;
  const shown = relative(process.cwd(), join(root, other));
  const message = `is not read: the release file is ${file}. Rename it, or delete it`;
  throw new StackError([{ file: shown, line: 1, column: 1, path: '', message }]);
}
