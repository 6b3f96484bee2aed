/** The record of what dist/ was built from. A check costs one `stat` per file of the clone, as in git's index. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm's record stands for the files of all packages. */
const packages = 'node_modules/.package-lock.json';
const builders = ['build.mjs', 'licences.mjs', 'programs.mjs', 'stamp.mjs'].map(
  (file) => `tools/package/${file}`,
);

/** Returns whether all files of dist/ exist and no input has changed since they were built. */
export function isCurrent(root) {
  const { inputs, outputs } = readStamp(root);
  if (inputs === undefined || !outputs.every((file) => existsSync(join(root, 'dist', file)))) return false;
  let moved = false;
  for (const [file, [stamp, sha]] of Object.entries(inputs)) {
    if (stampOf(join(root, file)) === stamp) continue;
    if (shaOf(join(root, file)) !== sha) return false;
    moved = true;
  }
  if (moved) write(root, { inputs: describe(root, Object.keys(inputs), Infinity), outputs });
  return true;
}

/**
 * Records the inputs of a build.
 * @param {string} root
 * @param {string[]} inputs as esbuild names them, relative to the clone
 * @param {string[]} outputs relative to dist/
 * @param {number} start when the build began: a file that changed later may be built from its earlier content
 */
export function writeStamp(root, inputs, outputs, start) {
  const own = inputs.filter((file) => !/(^|\/)node_modules\//.test(file));
  const files = [...new Set([packages, ...builders, ...own])].toSorted();
  write(root, { inputs: describe(root, files, start), outputs });
}

function describe(root, files, start) {
  return Object.fromEntries(
    files.map((file) => {
      const path = join(root, file);
      const isSettled = (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < start;
      return [file, isSettled ? [stampOf(path), shaOf(path)] : ['', '']];
    }),
  );
}

function stampOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.size}:${found.mtimeMs}`;
}

function shaOf(path) {
  if (!existsSync(path)) return undefined;
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function readStamp(root) {
  try {
    return JSON.parse(readFileSync(stampFile(root), 'utf8'));
  } catch {
    return {}; // Missing, or damaged: dist/ is built again.
  }
}

function write(root, stamp) {
  const unfinished = `${stampFile(root)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(stamp));
  renameSync(unfinished, stampFile(root));
}

function stampFile(root) {
  return join(root, 'dist', '.inputs.json');
}
