import { posix } from 'node:path';
import { quote } from '../common/commands.ts';

/** A package: its folder, relative to that in which a command runs, and its scripts. */
export interface Package {
  folder: string;
  scripts: Readonly<Record<string, string>>;
}

/** Returns the package of a name, or that of a folder, which starts with `./`; undefined if it is not known. */
export type FindPackage = (selector: string) => Package | undefined;

/** Without the files of a service, only the scripts of its own folder are known. */
const ownPackage: FindPackage = (selector) => (selector === './' ? { folder: '.', scripts: {} } : undefined);

/**
 * Returns a command that runs scripts with pnpm, or those of a workspace with Yarn, as one that runs them with npm, which every
 * image of Node contains. What else the command does stays.
 */
export function withNpm(command: string, find: FindPackage = ownPackage): string {
  // After `cd`, the folders of packages are relative to another one.
  const known = /\bcd\b/.test(command) ? ownPackage : find;
  const parts = command.split(/(\s*(?:&&|\|\||;)\s*)/);
  return parts.map((part) => oneWithNpm(part, known)).join('');
}

const oneCommand =
  /^((?:\w+=\S+ )*)(?:npx (?:--yes |-y )?)?(pnpm|yarn)(?:@[\w.-]+)? (run )?(?:(--filter|-F|-C|--dir|--cwd|workspace)[ =](\S+) )?(run )?(\w[\w:.-]*)( .*)?$/;

/** A package or a folder. pnpm also selects several packages: by `*`, by `api...`, by `!api`, or by changes. */
const onePackage = /^(\.\/[\w./@-]*|(@[\w.-]+\/)?\w[\w.-]*)(?<!\.\.)$/;

function oneWithNpm(command: string, find: FindPackage): string {
  const [, before = '', manager, run, option, named, runAfter, script = '', rest = ''] =
    oneCommand.exec(command) ?? [];
  if (manager === undefined || (manager === 'yarn' && option === undefined)) return command;
  const text = named?.replace(/^(["'])(.*)\1$/, '$2') ?? './';
  const isFolder = option !== undefined && ['-C', '--dir', '--cwd'].includes(option);
  const isPath = isFolder || text.startsWith('./');
  const selector = isPath ? `./${posix.normalize(text).replace(/^\.?\/?$|\/$/, '')}` : text;
  const found = onePackage.test(selector) ? find(selector) : undefined;
  const isScript = (run ?? runAfter) !== undefined || script === 'start';
  if (found === undefined || !(isScript || Object.hasOwn(found.scripts, script))) return command;
  const place = found.folder === '.' ? '' : `--prefix ${quote(found.folder)} `;
  const words = place === '' && script === 'start' ? 'start' : `run ${script}`;
  // npm takes options that follow as its own.
  const args = rest === '' || rest.startsWith(' -- ') ? rest : ` --${rest}`;
  return `${before}npm ${place}${words}${args}`;
}
