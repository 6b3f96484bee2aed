import { posix } from 'node:path';
import { adaptAddress } from './command-line.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { packageManager } from './package-manager.ts';
import type { Repository, Unit } from './types.ts';

/** How a program starts, or why it cannot. Undefined if the unit has no program of this language. */
export type Started = Start | { unfit: string } | undefined;

interface Start {
  start?: string | undefined;
  build?: string | undefined;
  /** The port that its command names. */
  port?: number | undefined;
  /** The port that its tool listens on by default. */
  usualPort?: number | undefined;
  reason: string;
}

/** Commands that start a development server, or several programs at once. */
const development =
  /^(?:npx )?(nodemon|vite(?! preview)|ng serve|react-scripts start|webpack(?:-dev-server| serve)|next dev|astro dev|tsx watch|parcel|expo|electron)\b/;
const others =
  /^(?:npx )?(turbo|nx|lerna|concurrently|npm-run-all|run-[ps]|wireit)\b|^(npm|pnpm|yarn)\b.*\s(-w|--workspaces?|--filter|-r|workspace)\b/;

/** Finds how a Node service starts: its `start` script, or the program that Railhead or npm starts without one. */
export function startNode(unit: Unit, repository: Repository): Started {
  const manifest = parseManifest(unit.text('package.json'));
  const script = manifest?.scripts['start'];
  if (script !== undefined && manifest !== undefined)
    return fromCommand(script, unit, repository, 'script "start"');
  const main = ['main.ts', 'main.js'].find((file) => unit.files.includes(file));
  const isBare = /^(services|apps)\//.test(unit.folder);
  if (main !== undefined && (manifest !== undefined || isBare)) {
    const missing = main === 'main.js' ? packagesOutOfReach(unit, repository) : undefined;
    return missing === undefined ? { reason: main } : { unfit: outOfReach(unit, 'main.js', missing) };
  }
  if (manifest !== undefined && unit.files.includes('server.js')) {
    return fromCommand('node server.js', unit, repository, 'server.js');
  }
  return undefined;
}

/** Returns how a command of a package.json, a Procfile or a Dockerfile starts the unit's Node program. */
export function fromCommand(command: string, unit: Unit, repository: Repository, source: string): Started {
  const manifest = parseManifest(unit.text('package.json'));
  const again = /^(?:npm (?:run )?|yarn (?:run )?|pnpm (?:run )?)([\w:.-]+)$/.exec(command.trim())?.[1];
  const inner = again === undefined ? undefined : manifest?.scripts[again];
  if (inner !== undefined && inner !== command)
    return fromCommand(inner, unit, repository, `script "${again}"`);
  if (development.test(command)) return { unfit: `${source} starts a development server: ${command}` };
  if (others.test(command)) return { unfit: `${source} starts other packages: ${command}` };
  const program = nodeCommand.exec(command);
  return program === null
    ? fromTool(command, unit, repository, source)
    : fromProgram(command, program, unit, repository, source);
}

/** `NODE_ENV=production node --import tsx src/main.ts --verbose`: variables, runner, program and arguments. */
const nodeCommand =
  /^((?:\w+=\S+ )*)(?:npx )?(node|tsx|ts-node|bun)(?: (?:--import|--require|-r|--loader|run)[ =]\S+| -\S+)* ([\w./-]+)( .*)?$/;

function fromProgram(
  command: string,
  [, variables = '', runner = '', path = '', args = '']: RegExpExecArray,
  unit: Unit,
  repository: Repository,
  source: string,
): Started {
  const manifest = parseManifest(unit.text('package.json'));
  const file = posix.normalize(path);
  const typed = typescriptOf(file, unit);
  const runs = (entry: string) => `${variables}node ${entry.replace(/\.ts$/, '.js')}${args}`;
  if (typed !== undefined && !needsMetadata(manifest)) {
    const reason = typed === file ? `${source} runs ${file}` : `${source} runs ${file}, built from ${typed}`;
    return { start: runs(typed), reason };
  }
  const existing = [file, `${file}.js`, `${file}/index.js`].find((name) => unit.files.includes(name));
  if (existing !== undefined && /^(node|bun)$/.test(runner)) {
    const missing = packagesOutOfReach(unit, repository);
    const start = runner === 'bun' ? runs(existing) : command;
    if (missing === undefined) return { start, reason: `${source} runs ${file}` };
    if (unit.files.includes('package-lock.json')) {
      return { build: 'npm ci --omit=dev', start, reason: `${source} runs ${file}` };
    }
    return { unfit: outOfReach(unit, existing, missing) };
  }
  return (
    withBuild(command, unit, repository, `${source} runs ${file}`) ?? {
      unfit: `${source} runs ${file}, which does not exist`,
    }
  );
}

/** Handles a command of an installed tool, such as `next start`. */
function fromTool(command: string, unit: Unit, repository: Repository, source: string): Started {
  const tool = /^(?:\w+=\S+ )*(?:npx )?([\w@./-]+)/.exec(command)?.[1] ?? '';
  if (!repository.exists(`node_modules/.bin/${tool}`)) {
    return { unfit: `${source} is "${command}"; Railhead cannot tell what it runs` };
  }
  const { command: start, port } = adaptAddress(command.replace(/^npx /, ''));
  const usual = tool === 'next' || tool === 'nuxt' ? 3000 : undefined;
  const reason = `${source} is "${command}"`;
  const built = withBuild(start, unit, repository, reason) ?? { start, reason };
  return 'unfit' in built ? built : { ...built, port, usualPort: usual };
}

/** Returns a start with the script `build` before it; undefined if there is no such script. */
function withBuild(
  start: string,
  unit: Unit,
  repository: Repository,
  reason: string,
): Exclude<Started, undefined> | undefined {
  const manifest = parseManifest(unit.text('package.json'));
  if (manifest?.scripts['build'] === undefined) return undefined;
  const missing = packagesOutOfReach(unit, repository, true);
  if (missing === undefined) return { build: `${managerOf(repository)} run build`, start, reason };
  if (unit.files.includes('package-lock.json')) return { build: 'npm ci && npm run build', start, reason };
  return {
    unfit: `its build needs ${missing}, installed only in ${unit.folder}/node_modules, which a copy of the folder does not find`,
  };
}

/** Returns the TypeScript file that Railhead bundles instead of a file: the file itself, or the source of a built file. */
function typescriptOf(file: string, { files }: Unit): string | undefined {
  const stem = file.replace(/\.[cm]?[jt]s$/, '');
  const inSource = stem.replace(/^(dist|build|out|lib)\//, '');
  const isBuilt = inSource !== stem;
  const candidates = isBuilt ? [`src/${inSource}.ts`, `${inSource}.ts`] : [`${stem}.ts`];
  const found = candidates.find((path) => files.includes(path));
  // If the folder has a JavaScript file of the same name, the script runs that file.
  return found !== undefined && (isBuilt || file.endsWith('.ts') || !files.includes(file))
    ? found
    : undefined;
}

/** Decorator metadata exist only in the output of the TypeScript compiler: the bundler does not write them. */
function needsMetadata(manifest: Manifest | undefined): boolean {
  return (
    manifest !== undefined &&
    ['reflect-metadata', '@nestjs/core'].some((name) => name in manifest.dependencies)
  );
}

/**
 * Returns a dependency that a copy of the folder in `.railhead` would not find, because only the folder's own node_modules
 * contain it; undefined if the root's node_modules contain all.
 */
function packagesOutOfReach(unit: Unit, repository: Repository, development = false): string | undefined {
  const manifest = parseManifest(unit.text('package.json'));
  const names = { ...manifest?.dependencies, ...(development && manifest?.devDependencies) };
  return Object.keys(names).find((name) => !repository.exists(`node_modules/${name}`));
}

function outOfReach({ folder }: Unit, file: string, name: string): string {
  return `${file} needs ${name}, which the repository's node_modules do not contain, so a copy of ${folder} would not find it. Rename ${file} to ${file.replace(/\.[cm]?js$/, '.ts')}: Railhead bundles TypeScript with its packages`;
}

function managerOf({ files, text }: Repository): string {
  return packageManager((file) => files.includes(file), text('package.json'));
}
