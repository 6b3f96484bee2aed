import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../common/environment.ts';
import { formatRelease } from '../../releases/format.ts';
import { loadRelease, releasePath } from '../../releases/load.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import { originalPath } from '../../stack/restored.ts';
import { changesTo, type FileChange } from '../changed-files.ts';
import type { RecordedStack } from '../history/recorded-stack.ts';
import { editSettings } from './settings.ts';

/** Returns the folder with the stack files of an environment as they were before a rollback, relative to the project. */
export function copiesFolder(environment: string): string {
  return `releases/${environment}.stack`;
}

/** Returns the stack files below a folder of their own; none if the project has the same files. */
export function copiesOf(root: string, folder: string, { texts }: RecordedStack): Record<string, string> {
  const differ = changesTo(root, texts).length > 0;
  if (!differ) return {};
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [join(folder, path), text]));
}

/** What a rollback writes. */
export interface Written {
  release: ReleaseFile;
  /** Values of config by key, `railhead:stackFile` included. */
  config: Readonly<Record<string, unknown>>;
  /** The copies of the stack files by path. Other files of their folder are removed. */
  copies: Readonly<Record<string, string>>;
}

/** Returns the changes of files with which an environment gets a release. */
export function filesFor(
  root: string,
  { name }: Pick<Environment, 'name'>,
  { release, config, copies }: Written,
): FileChange[] {
  const folder = copiesFolder(name);
  const former = globSync(`${folder}/**`, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const settings = `Pulumi.${name}.yaml`;
  const text = readFileSync(join(root, settings), 'utf8');
  return changesTo(root, {
    ...Object.fromEntries(former.map((path) => [path, undefined])),
    ...copies,
    [settings]: editSettings(text, config),
    [releasePath(name)]: formatRelease(release),
  });
}

/** Returns the stack file of an environment that is not rolled back, relative to the project. */
export function ownStackFile(
  { stackFile }: Pick<Environment, 'stackFile'>,
  rollback: ReleaseFile['rollback'],
): string {
  const copied = originalPath(stackFile);
  return copied === stackFile ? stackFile : (rollback?.stackFile ?? copied);
}

/** Returns an environment as it is without a rollback: with the stack file of the project. */
export function withoutRollback(environment: Environment, root: string): Environment {
  const rollback = loadRelease(environment.name, root)?.release.rollback;
  return { ...environment, stackFile: ownStackFile(environment, rollback) };
}
