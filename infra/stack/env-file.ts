import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { parseDotenv } from './dotenv.ts';
import type { Finding } from './finding.ts';
import type { Problem } from './problem.ts';
import { readRepositoryFile, repositoryFile } from './repository-file.ts';
import { mountedFilePath } from './root.ts';
import { mapServices, servicesIn } from './services-tree.ts';
import { toValue, treeAt, type Entry, type MapTree, type Tree } from './tree.ts';

const file = repositoryFile('.env');

const options = fields({
  path: file.describe('File with lines NAME=value, relative to the repository root.'),
  required: z.boolean('true or false').default(true).describe('Whether a missing file is an error.'),
});

const entry = z
  .union([file, options], 'a file inside the repository, or a map with the keys path, required')
  .transform((value): z.output<typeof options> =>
    typeof value === 'string' ? { path: value, required: true } : value,
  );

/** The files with variables of a service, as in Compose. `withEnvFiles` has read them before the schema is checked. */
export const envFile = z
  .union([entry, z.array(entry, 'a list of files')], 'a file inside the repository, or a list of files')
  .transform((value) => (Array.isArray(value) ? value : [value]));

interface Expanded {
  tree: Tree;
  findings: Finding[];
  /** What is wrong in the files themselves. */
  problems: Problem[];
}

/**
 * Adds the variables of each `envFile` to `variables` of its service, which win. Of several files, the last one wins. A
 * value keeps its place in its file, and is literal: a `${{` in it is no reference.
 *
 * @param root the folder that the files are relative to
 * @param disabled services that are left out, whose files are not read
 */
export function withEnvFiles(
  tree: Tree,
  stackFile: string,
  root: string,
  disabled: readonly string[],
): Expanded {
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  const expanded = mapServices(tree, (name, service) => {
    if (service.kind !== 'map' || disabled.includes(name)) return service;
    const variables = new Map<string, Entry>();
    for (const { path, required, place } of filesOf(service)) {
      const at = ['services', name, 'envFile', ...place];
      if (!required && !existsSync(join(root, path))) continue;
      const read = readRepositoryFile(root, path, 'a file of variables');
      if ('problem' in read) {
        const remedy = required ? '; if it may be missing, write { path, required: false }' : '';
        findings.push({ path: at, message: `${read.problem}${remedy}` });
        continue;
      }
      const { tree: found, wrong } = parseDotenv(read.text, shownPath(stackFile, root, path));
      problems.push(...wrong.map((problem) => ({ ...problem, path: at.join('.') })));
      for (const [variable, declared] of found.entries) variables.set(variable, literal(declared));
    }
    return withVariables(service, variables);
  });
  return { tree: expanded, findings, problems };
}

/** Returns the paths of the files of a stack file that exist, relative to the repository root. */
export function envFilePaths(tree: Tree, root: string): string[] {
  const paths = servicesIn(tree).flatMap(([, service]) => filesOf(service).map(({ path }) => path));
  return paths.filter((path) => existsSync(join(root, path)));
}

/** Returns the files of a service with the rest of their paths in the tree; none if the schema will report the field. */
function filesOf(service: Tree): { path: string; required: boolean; place: number[] }[] {
  const field = treeAt(service, ['envFile']);
  const parsed = envFile.safeParse(field && toValue(field));
  const files = parsed.success ? parsed.data : [];
  return files.map((one, index) => ({ ...one, place: field?.kind === 'list' ? [index] : [] }));
}

/** Returns the path of a file in the form of that of the stack file: absolute, or relative to the current folder. */
function shownPath(stackFile: string, root: string, path: string): string {
  return isAbsolute(stackFile) ? join(root, path) : mountedFilePath(stackFile, path);
}

function withVariables(service: MapTree, found: Map<string, Entry>): MapTree {
  const declared = service.entries.get('variables');
  if (found.size === 0 || (declared !== undefined && declared.value.kind !== 'map')) return service;
  const own = declared?.value.kind === 'map' ? declared.value.entries : [];
  const key = declared?.key ?? service.entries.get('envFile')!.key;
  const value: MapTree = { kind: 'map', place: key, entries: new Map([...found, ...own]) };
  return { ...service, entries: new Map([...service.entries, ['variables', { key, value }]]) };
}

function literal({ key, value }: Entry): Entry {
  if (value.kind !== 'scalar') return { key, value };
  const text = value.text.replaceAll('${{', () => '$${{');
  return { key, value: { ...value, value: text, text } };
}
