import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../tools/user-error.ts';
import { quote } from '../common/commands.ts';
import { packageRoot } from '../common/roots.ts';
import { installedPath } from '../init/installed.ts';
import { toLabel } from '../init/names.ts';
import { parseManifest } from '../init/manifest.ts';
import { readCode } from './commands.ts';
import { readRepository } from '../init/repository.ts';
import type { Change } from '../init/types.ts';
import type { Problem } from '../stack/problem.ts';
import { standardTargets } from '../targets/index.ts';
import type { Draft } from './draft.ts';
import { draftText } from './draft-text.ts';
import { makeValid, overlaid } from './fit.ts';
import { findFormat } from './formats.ts';
import { completeServices } from './complete.ts';
import type { Imported } from './facts.ts';
import { readManifests } from './kubernetes/manifests.ts';
import { lackingOf } from './lacking.ts';
import { Ledger } from './ledger.ts';
import { mapSystem } from './map.ts';
import { planTargets, type PlannedTarget } from './plan-targets.ts';
import { reportRows, type Row } from './rows.ts';
import { isSecretCommand } from './secrets.ts';

export interface ImportPlan {
  root: string;
  format: string;
  /** Files of other formats that were not read. */
  ignored: string[];
  /** Kubernetes manifests, whose fields are not imported. */
  manifests: string[];
  rows: Row[];
  changes: Change[];
  /** Names of the secrets that the stack file refers to. */
  secrets: string[];
  /** Paths of the files with their values, by name, relative to the folder. */
  secretFiles: ReadonlyMap<string, string>;
  /** What targets can run the system, and with which stack file, if not the one that all overlays extend. */
  targets: (Omit<PlannedTarget, 'environment'> & { stackFile?: string })[];
  /** Why there is no stack file. */
  problems: Problem[];
  /** What the system has besides the imported files, and how to add it. */
  lacking: string | undefined;
}

/**
 * Plans the import of a folder, or of one file in it. Reads only.
 *
 * @param from the format to read, where the folder has several
 */
export async function planImport(path: string, from?: string): Promise<ImportPlan> {
  const { root, file } = locate(path);
  const repository = readRepository(root);
  const found = findFormat(repository, file, from);
  const ledger = new Ledger();
  const imported = await found.read(ledger);
  const manifests = file === undefined ? await readManifests(repository, imported, ledger) : [];
  const code = readCode(repository);
  const named = startsOf(imported);
  const completed = completeServices(imported, { root, code, ledger });
  const lacking = lackingOf(imported);
  const name = toLabel(imported.name ?? manifestName(root) ?? basename(root));
  const { base, overlays, added, servers } = mapSystem(name, imported, ledger);
  const starts = new Map([...named].map(([service, start]) => [servers.get(service)?.name ?? '', start]));
  const stackFile = `stacks/${name}.yaml`;
  const absolute = join(root, stackFile);
  const problems = makeValid(base, absolute, ledger).map((problem) => atImported(problem, imported));
  const isUsable = problems.length === 0;
  const targets = planTargets(
    isUsable ? await standardTargets() : [],
    { base, overlays, path: absolute, code, starts },
    ledger,
  ).map(({ environment, ...target }) =>
    environment === undefined ? target : { ...target, stackFile: overlayFile(name, environment) },
  );
  const files = isUsable
    ? [
        [stackFile, draftText(base, headOf(root))] as const,
        ...overlayTexts(overlays, base, name, absolute, ledger),
      ]
    : [];
  return {
    ...{ root, format: imported.format, targets, problems, lacking, manifests },
    ignored: found.ignored.filter((path) => imported.files.every(({ file }) => file !== path)),
    rows: reportRows(
      imported,
      ledger,
      [...completed, ...added].filter(({ to }) => isThere(base, to)),
      relative(
        process.cwd(),
        join(root, installedPath(root, 'railhead') ?? relative(root, packageRoot), schemaFile),
      ),
    ),
    changes: files.map(([path, after]) => ({ path, before: readIfThere(join(root, path)), after })),
    secrets: secretsOf([base, ...overlays.values()]),
    secretFiles: imported.secretFiles,
  };
}

/** Returns a problem of the stack file at the start of the first imported file: the stack file is not written. */
function atImported(problem: Problem, { files }: Imported): Problem {
  const [first] = files;
  const isThere = first === undefined || files.some(({ file }) => file === problem.file);
  return isThere ? problem : { ...problem, file: first.file, line: 1, column: 1 };
}

function overlayTexts(
  overlays: ReadonlyMap<string, Draft>,
  base: Draft,
  name: string,
  absolute: string,
  ledger: Ledger,
) {
  return [...overlays].flatMap(([environment, draft]) => {
    if (draft.entries.length === 0) return [];
    // The base is valid, so the overlay causes each problem of the whole.
    const whole = overlaid(base, draft);
    makeValid(whole, absolute, ledger);
    draft.remove(
      draft.entries.filter(({ path, value }) => value !== null && whole.get(...path) === undefined),
    );
    return [
      [overlayFile(name, environment), draftText(draft, [...headOf(), `extends: ${name}.yaml`, ''])] as const,
    ];
  });
}

/** Returns the commands that files name, by service. One that contains a password is not copied. */
function startsOf({ services }: Imported): Map<string, string> {
  return new Map(
    services.flatMap(({ name, facts: { start, command, folder } }) => {
      const named = start ?? (folder === undefined ? undefined : command);
      if (named === undefined) return [];
      const { value } = named;
      const text = typeof value === 'string' ? value : value.map(quote).join(' ');
      return isSecretCommand(text) ? [] : [[name, text]];
    }),
  );
}

function overlayFile(name: string, environment: string): string {
  return `stacks/${name}.${environment}.yaml`;
}

function locate(path: string): { root: string; file: string | undefined } {
  const absolute = resolve(path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) throw new UserError(`${path} does not exist. Name a folder, or a file in it.`);
  if (found.isDirectory()) return { root: absolute, file: undefined };
  const inside = relative(process.cwd(), absolute);
  const isInside = !inside.startsWith('..');
  return isInside
    ? { root: process.cwd(), file: inside }
    : { root: dirname(absolute), file: basename(absolute) };
}

function manifestName(root: string): string | undefined {
  return parseManifest(readIfThere(join(root, 'package.json')) ?? '')?.name;
}

function headOf(root?: string): string[] {
  const railhead = root === undefined ? undefined : installedPath(root, 'railhead');
  if (railhead === undefined) return [];
  return [`# yaml-language-server: $schema=${relative('stacks', join(railhead, schemaFile))}`];
}

/** The JSON Schema of stack files, relative to Railhead's package. */
const schemaFile = 'stacks/schema.json';

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function isThere(base: Draft, path: string): boolean {
  return base.at(path.split('.')).length > 0;
}

function secretsOf(drafts: readonly Draft[]): string[] {
  const texts = drafts.flatMap(({ entries }) => entries.map(({ value }) => String(value)));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\$\{\{\s*secrets?\.([A-Z][A-Z0-9_]*)\s*\}\}/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)].toSorted();
}
