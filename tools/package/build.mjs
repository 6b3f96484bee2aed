/**
 * Builds dist/, unless it is current. Runs on the machine's own Node in a clone: plain JavaScript for Node 20.
 *
 *   node tools/package/build.mjs
 */
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licences } from './licences.mjs';
import { copies, programs, programsInParts, sharedFile } from './programs.mjs';
import { describe, isCurrent, recordedFiles, writeStamp } from './stamp.mjs';

const ownFile = fileURLToPath(import.meta.url);
const root = join(dirname(ownFile), '../..');
const dist = join(root, 'dist');
const notices = 'THIRD-PARTY.txt';
const common = {
  absWorkingDir: root,
  outdir: dist,
  format: 'esm',
  bundle: true,
  metafile: true,
  write: false,
  logLevel: 'error',
  legalComments: 'none',
};

if (realpathSync(process.argv[1]) === ownFile) {
  await buildPackage();
  // The package contains no parts of an earlier build.
  removeParts(recordedFiles(root));
}

/** Builds all files of dist/ if an input has changed. Throws the errors of esbuild. */
export async function buildPackage() {
  if (isCurrent(root)) return;
  const start = Date.now();
  const { build } = await import('esbuild');
  const results = await Promise.all(builds().map((options) => build({ ...common, ...options })));
  const outputs = {};
  const replace = (file, contents, mode) =>
    (outputs[`dist/${file}`] = replaceFile(join(dist, file), contents, mode));
  // A program is replaced after the parts that it loads.
  const files = results
    .flatMap(({ outputFiles }) => outputFiles)
    .toSorted((one, other) => isPart(other.path) - isPart(one.path));
  for (const { path, contents } of files) replace(relative(dist, path), contents);
  for (const [file, source] of Object.entries(copies)) {
    replace(file, readFileSync(join(root, source)), 0o755);
  }
  const inputs = results
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .filter((input) => !input.startsWith('lazy:'));
  replace(notices, licences(root, inputs));
  removeParts({ ...outputs, ...recordedFiles(root) });
  writeStamp(root, [...inputs, ...Object.values(copies)], outputs, start);
}

/** Returns the options of each run of esbuild. */
function builds() {
  return [
    ...programsInParts.map(({ settings, entries, isLazy }) => ({
      ...settings,
      entryPoints: entryPoints(entries),
      splitting: true,
      chunkNames: 'part-[hash]',
      plugins: [shareFiles(), ...(isLazy ? [loadPulumiLazily()] : [])],
    })),
    ...Object.entries(programs).map(([file, { entry, isAlone = false, ...settings }]) => ({
      ...settings,
      entryPoints: entryPoints({ [file]: entry }),
      plugins: isAlone ? [] : [shareFiles(file)],
    })),
  ];
}

/** esbuild adds the `.js` of a file of dist/ itself. */
function entryPoints(entries) {
  return Object.entries(entries).map(([file, entry]) => ({ in: entry, out: file.replace(/\.js$/, '') }));
}

function isPart(path) {
  return /(^|\/)part-[^/]*\.js$/.test(path);
}

/** Removes the parts of builds before the last, whose programs may still run and load a part. */
function removeParts(needed) {
  for (const file of readdirSync(dist)) {
    if (isPart(file) && needed[`dist/${file}`] === undefined) rmSync(join(dist, file), { force: true });
  }
}

/** Makes programs import a shared file of dist/, except the shared file itself. */
function shareFiles(file) {
  return {
    name: 'shared',
    setup({ onResolve }) {
      onResolve({ filter: /\/(hole|user-error)\.ts$|^@viz-js\/viz$/ }, ({ path, kind, resolveDir }) => {
        if (kind === 'entry-point') return undefined;
        const found = path.startsWith('.') ? relative(root, join(resolveDir, path)) : path;
        const target = sharedFile(found);
        if (target === undefined || target === file) return undefined;
        return { path: `./${target}`, external: true };
      });
    },
  };
}

/**
 * Makes a program call `require` for each file of Pulumi's SDK in the module that imports it. An `import` would be at the top of the
 * bundle, where it runs at every start.
 */
function loadPulumiLazily() {
  return {
    name: 'lazy',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@pulumi\/pulumi(\/|$)/ }, ({ path, kind }) =>
        kind === 'require-call' ? { path, external: true } : { path, namespace: 'lazy' },
      );
      onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)});`,
      }));
    },
  };
}

/** Replaces a file in one step: other processes may read it or build it too. Returns the description of its content. */
function replaceFile(path, contents, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, contents);
  chmodSync(unfinished, mode);
  const described = describe(unfinished);
  renameSync(unfinished, path);
  return described;
}
