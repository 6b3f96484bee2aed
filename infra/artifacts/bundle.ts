import { cp, mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { Bundler, type ServiceBundle } from './bundler.ts';
import { esbuildVersion } from './esbuild.ts';
import { describeInputs } from './describe.ts';
import { allFiles } from './files.ts';
import { hashTexts } from './hash.ts';
import { hashInputs, readInputCache, sameContent, stampFiles, writeInputCache } from './inputs.ts';
import { byPackage, type Packages } from './packages.ts';
import type { BuildPlan, PreparedBuild, Source } from './plan.ts';

interface Bundle extends Source {
  /** Files of `folder` from which a bundle each is built. */
  entries: string[];
  /** The installed packages. The hash contains the integrity of a package instead of its files. */
  packages: Packages;
}

const options: BuildOptions = {
  platform: 'node',
  // The oldest Node that a project can have.
  target: 'node22.18',
  // Bundled CommonJS packages call `require`, which ES modules do not have. The name `bundledRequire` avoids conflicts
  // with imports.
  banner: {
    js: `import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);`,
  },
  // Optional native accelerators: both parent packages work without them.
  external: ['pg-native', 'msgpackr-extract'],
};

/** Returns a bundler for the services of one release. */
export function serviceBundler(): Bundler {
  return new Bundler(options);
}

/**
 * Plans a bundle: one file per entry that contains all its imports, so that an artifact needs no node_modules. All plans with the
 * same bundler have to be prepared.
 */
export function planBundle(
  source: Source,
  entries: string[],
  packages: Packages,
  bundler = serviceBundler(),
): BuildPlan {
  const bundle = { ...source, entries, packages };
  const turn = bundler.add();
  return {
    service: source.service,
    slow: false,
    prepare: (cacheFile) => prepare(bundle, cacheFile, turn).finally(turn.skip),
  };
}

/**
 * Determines the inputs of a bundle and their hash. The inputs are known only after bundling. If the inputs of the
 * last run are unchanged, their imports are too, so the bundler does not run.
 */
async function prepare(
  bundle: Bundle,
  cacheFile: string,
  turn: ReturnType<Bundler['add']>,
): Promise<PreparedBuild> {
  const { root, folder, migrations, entries, packages } = bundle;
  const build = {
    entries,
    options,
    esbuild: esbuildVersion(),
    // A bundle can contain the code of a file and still not the file.
    ...(migrations.length > 0 && { migrations }),
  };
  const purpose = JSON.stringify({ folder: relative(root, folder), ...build });
  const cached = await readInputCache(cacheFile, purpose);
  const assets = [
    ...(await publicFiles(bundle)),
    ...migrations.map((file) => join(relative(root, folder), file)),
  ];
  const stamp = (inputs: string[]) =>
    stampFiles(root, byPackage([...inputs, ...assets], packages), cached, packages);
  const known = await stamp(Object.keys(cached.files));
  const bundled = sameContent(known, cached) ? undefined : await turn.bundle(bundle);
  const files = bundled === undefined ? known : await stamp(bundled.inputs);
  await writeInputCache(cacheFile, purpose, files);
  const inputs = await describeInputs(files, {
    root,
    folder: relative(root, folder),
    packages,
    migrations,
    settings: bundleSettings(entries),
  });
  return {
    hash: hashInputs(files, build),
    inputs,
    build: async (path) => write(bundle, bundled ?? (await serviceBundler().add().bundle(bundle)), path),
  };
}

/** Describes how bundles are built. `options` are the same in all projects, and change with Railhead only. */
export function bundleSettings(entries: string[]): Record<string, string> {
  return {
    entries: entries.join(', '),
    builder: `esbuild ${esbuildVersion()}`,
    options: hashTexts(JSON.stringify(options)),
  };
}

async function write(bundle: Bundle, { outputs }: ServiceBundle, path: string): Promise<void> {
  for (const [name, contents] of outputs) {
    const target = join(path, name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, contents);
  }
  // Node needs this file to load the bundle as an ES module, wherever the folder is copied to.
  await writeFile(join(path, 'package.json'), '{ "type": "module" }\n');
  const assets = publicFolder(bundle);
  if (existsSync(assets)) await cp(assets, join(path, 'public'), { recursive: true });
  for (const file of bundle.migrations) await cp(join(bundle.folder, file), join(path, file));
}

/** Returns the folder with the static files of a service, which are copied unchanged. */
function publicFolder({ folder }: Bundle): string {
  return join(folder, 'public');
}

async function publicFiles(bundle: Bundle): Promise<string[]> {
  const folder = relative(bundle.root, publicFolder(bundle));
  return (await allFiles(publicFolder(bundle))).map((path) => join(folder, path));
}
