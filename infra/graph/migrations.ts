import { globSync, readdirSync, realpathSync, type Dirent } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Finding } from '../stack/finding.ts';
import type { SourceService } from '../stack/schema.ts';

/**
 * Lists the migrations that a pattern matches in a folder, relative to it, with the files that undo them. They are in
 * byte order of their paths, in which migration tools apply them.
 */
export function migrationFiles(folder: string, pattern: string): string[] {
  const migrations = matches(folder, pattern).filter((file) => !undoes(file));
  const names = new Set(migrations.map(migrationName));
  const beside = [...new Set(migrations.map(dirname))].flatMap((below) =>
    filesOf(folder, readdirSync(join(folder, below), { withFileTypes: true })),
  );
  const undoing = beside.filter((file) => undoes(file) && names.has(migrationName(file)));
  return [...migrations, ...undoing].toSorted(inByteOrder);
}

/** Returns whether a file undoes the migration of the same name: `<name>.down.*`. */
export function undoes(file: string): boolean {
  return /\.down\.[^./]+$/.test(file);
}

/** Returns what a migration and the file that undoes it have in common: `sql/1` of `sql/1.sql`, `sql/1.up.sql` and `sql/1.down.sql`. */
export function migrationName(file: string): string {
  return file.replace(/(\.(up|down))?\.[^./]+$/, '');
}

/** Compares paths by the bytes of their UTF-8 form. */
export function inByteOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** Reports a pattern that matches nothing, and symbolic links: a copy of the folder does not contain where they lead. */
export function checkMigrations(path: string[], service: SourceService, folder: string): Finding[] {
  const pattern = service.preDeploy?.migrations;
  if (pattern === undefined) return [];
  const quoted = JSON.stringify(pattern);
  const files = migrationFiles(folder, pattern);
  const linked = files.find((file) => realpathSync(join(folder, file)) !== join(realpathSync(folder), file));
  const report = (message: string) => [
    { path: [...path, 'preDeploy', 'migrations'], message: `${quoted} ${message}` },
  ];
  if (files.length === 0) return report(`matches no file in the folder ${JSON.stringify(service.source)}`);
  if (linked === undefined) return [];
  return report(
    `matches ${linked}, which is behind a symbolic link; the folder ${JSON.stringify(service.source)} must contain the file itself`,
  );
}

/** Folders whose files belong to a package manager, to git or to Railhead, not to the source. */
const foreign = new Set(['node_modules', '.git', '.railhead']);

function matches(folder: string, pattern: string): string[] {
  const exclude = ({ name }: Dirent) => foreign.has(name);
  return filesOf(folder, globSync(pattern, { cwd: folder, withFileTypes: true, exclude }));
}

function filesOf(folder: string, entries: Dirent[]): string[] {
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}
