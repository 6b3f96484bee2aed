#!/usr/bin/env node
/**
 * The program `railhead`. In a clone it first updates the dependencies and dist/. Node 12 must be able to parse this file,
 * so that an old Node prints which one is needed.
 */
import { existsSync } from 'fs';
import module from 'module';
import { dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'dist', 'railhead.js');
const bootstrap = join(root, 'tools', 'bootstrap.mjs');

if (existsSync(bootstrap)) runInClone();
else if (isOld(process.versions.node)) reportOld();
else runInPackage();

async function runInClone() {
  const clone = await import(pathToFileURL(bootstrap).href);
  process.exitCode = await clone.bootstrap(program, process.argv.slice(2));
}

function runInPackage() {
  const project = folderAbove(process.cwd(), 'Pulumi.yaml');
  if (project !== undefined) module.enableCompileCache(join(project, '.railhead', 'compile-cache'));
  return import(pathToFileURL(program).href);
}

/** Node 22.18 is the first 22 that runs the TypeScript of a project. */
function isOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < 22 || (major === 22 && minor < 18);
}

function reportOld() {
  const words = ['npx --no -- railhead'].concat(process.argv.slice(2));
  console.error(
    `Railhead needs Node 22.18 or newer, and this is ${process.versions.node} (${process.execPath}).
Install a newer Node, or add one to the project: npm install --save-dev node@24
Then: ${words.join(' ')}`,
  );
  process.exitCode = 1;
}

function folderAbove(folder, file) {
  if (existsSync(join(folder, file))) return folder;
  return dirname(folder) === folder ? undefined : folderAbove(dirname(folder), file);
}
