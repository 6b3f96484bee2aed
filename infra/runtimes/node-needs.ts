import { folderIn, type Folder } from './folder.ts';
import { hasLockFile } from './packages.ts';
import { dependenciesOf, scriptsOf } from './scripts.ts';

/** What the artifact of a folder contains besides its files: the result of its build, or installed packages. */
export type Needed = 'build' | 'packages' | 'all packages';

/** Programs that serve what a build has made. */
const frameworks = /^(next|nuxt|astro|remix-serve|react-router-serve|nest|strapi)$/;

/** Programs that run TypeScript. They are often packages for development. */
const runners = /^(tsx|ts-node|ts-node-esm|nodemon)$/;

/** Folders that builds write to. They are in no commit, also where they are on this machine. */
const outputs = /^(\.\/)?(dist|build|out|\.next|\.output)\//;

/**
 * Returns what a start command needs in the artifact; undefined if it runs a file of the folder, or a bundle.
 *
 * @param root the folder whose lock file has the packages
 */
export function neededFor(folder: Folder, start: string | undefined, root = folder): Needed | undefined {
  const { workspace, script } = workspaceStart(start);
  if (workspace !== undefined && root === folder) {
    const member = folderIn(folder, workspace);
    // A folder with a lock file is not part of the workspaces: nothing here installs its packages.
    return hasLockFile(member) ? undefined : neededFor(member, `npm run ${script}`, folder);
  }
  const scripts = scriptsOf(folder, 'package.json', 'scripts');
  const { build } = scripts;
  const command = scriptOf(start ?? 'node main.js', scripts);
  const isDirect = command === start || start === undefined;
  const files = [...command.matchAll(/\bnode (?:-\S+ )*([\w./-]+)(?=[\s;&|]|$)/g)].map(
    ([, file = '']) => file,
  );
  const isBundled = (file: string) => isDirect && folder.has(file.replace(/\.js$/, '.ts'));
  const isMade = (file: string) => (build !== undefined && outputs.test(file)) || !isThere(folder, file);
  if (files.some((file) => !isBundled(file) && isMade(file)))
    return build !== undefined && (start !== undefined || build.includes('main.js')) ? 'build' : undefined;
  const tool = files.length > 0 ? undefined : toolOf(command, isDirect);
  const packages = dependenciesOf(folder);
  if (tool !== undefined && frameworks.test(tool) && (build !== undefined || tool === 'next')) return 'build';
  // Without a lock file of its own, the packages of a folder are those of the repository around it.
  if (!hasLockFile(root) || packages.size === 0 || files.some(isBundled)) return undefined;
  if (tool !== undefined && runners.test(tool)) return 'all packages';
  if (tool !== undefined && build !== undefined) return 'build';
  const isUsed = tool !== undefined || files.length > 0;
  return isUsed && dependenciesOf(folder, ['dependencies']).size > 0 ? 'packages' : undefined;
}

/** Returns the folder of the workspace whose script a command runs, and the script; neither for other commands. */
export function workspaceStart(start = ''): { workspace?: string; script?: string } {
  const [, workspace, script] = /^npm --prefix ([\w./@-]+) run ([\w:.-]+)(?: -- .*)?$/.exec(start) ?? [];
  return workspace === undefined || script === undefined ? {} : { workspace, script };
}

/** Returns the script that a command runs: `npm start` and `yarn run start` run `start`. Other commands are themselves. */
function scriptOf(command: string, scripts: Readonly<Record<string, string>>, depth = 0): string {
  const [, name] = /^(?:npm|pnpm|yarn)(?: run)? ([\w:.-]+)$/.exec(command.trim()) ?? [];
  const script = name === undefined ? undefined : scripts[name];
  return script === undefined || depth > 5 ? command : scriptOf(script, scripts, depth + 1);
}

/** Returns the program of a package that a command runs: with npx, from a script, or by its path in `node_modules`. */
function toolOf(command: string, isDirect: boolean): string | undefined {
  const last =
    command
      .split(/&&|\|\||;/)
      .at(-1)
      ?.trim() ?? '';
  const [, npx, name] =
    /^(?:\w+=\S* )*(npx (?:-\S+ )*|(?:\.\/)?node_modules\/\.bin\/)?([\w@./-]+)/.exec(last) ?? [];
  return npx === undefined && isDirect ? undefined : name;
}

function isThere(folder: Folder, file: string): boolean {
  return [file, `${file}.js`, `${file}/index.js`].some((name) => folder.has(name));
}
