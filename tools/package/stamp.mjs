/** The record of what dist/ was built from. A check costs one `stat` per file of the clone, as in git's index. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm's record stands for the files of all packages. */
const packages = 'node_modules/.package-lock.json';
const builders = ['build.mjs', 'licences.mjs', 'programs.mjs', 'stamp.mjs'].map(
  (file) => `tools/package/${file}`,
);

/** Returns whether no input and no file of dist/ has changed since dist/ was built. */
export function isCurrent(root) {
  const files = Object.entries(recordedFiles(root));
  if (files.length === 0) return false;
  const now = {};
  for (const [file, [stamp, sha]] of files) {
    const path = join(root, file);
    now[file] = [stampOf(path), sha];
    if (now[file][0] !== stamp && shaOf(path) !== sha) return false;
  }
  if (files.some(([file, [stamp]]) => now[file][0] !== stamp)) update(root, now);
  return true;
}

/**
 * Records a build.
 * @param {string} root
 * @param {string[]} inputs as esbuild names them, relative to the clone
 * @param {Record<string, [string, string]>} outputs what `describe` returned before each file got its name: another build
 * that began with older inputs can replace the file
 * @param {number} start when the build began: a file that changed later may be built from its earlier content
 */
export function writeStamp(root, inputs, outputs, start) {
  const own = inputs.filter((file) => !/(^|\/)node_modules\//.test(file));
  const files = [...new Set([packages, ...builders, ...own])].toSorted();
  const described = files.map((file) => [file, describeInput(join(root, file), start)]);
  write(root, { ...Object.fromEntries(described), ...outputs });
}

/** Returns what identifies the content of a file: size and time, which are cheap to compare, and a hash. */
export function describe(path) {
  return [stampOf(path), shaOf(path)];
}

function describeInput(path, start) {
  const isSettled = (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < start;
  return isSettled ? describe(path) : ['changed', ''];
}

function stampOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.size}:${found.mtimeMs}`;
}

function shaOf(path) {
  if (!existsSync(path)) return '';
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Returns the inputs and files of the last build, by path relative to the clone; none if there is no record of it. */
export function recordedFiles(root) {
  try {
    return JSON.parse(readFileSync(recordFile(root), 'utf8')).files ?? {};
  } catch {
    return {}; // Missing, or damaged: dist/ is built again.
  }
}

function update(root, files) {
  try {
    write(root, files);
  } catch {
    // The clone belongs to another user. The next check reads the contents again.
  }
}

function write(root, files) {
  const unfinished = `${recordFile(root)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify({ files }));
  renameSync(unfinished, recordFile(root));
}

function recordFile(root) {
  return join(root, 'dist', '.inputs.json');
}
