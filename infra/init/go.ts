import { posix } from 'node:path';
import { buildPackage, goProgram } from '../runtimes/go.ts';
import type { Unit } from './types.ts';

/** A program of a Go module. */
export interface GoProgram {
  /** Folder of its package, relative to the module; empty for the module itself. */
  folder: string;
  build: string;
  start: string;
  reason: string;
}

/** Finds the programs of a Go module: the packages `main` with a function `main`. */
export function findGo(unit: Unit): GoProgram[] | { unfit: string } | undefined {
  if (!unit.files.includes('go.mod')) return undefined;
  const outside = /^(?:replace\s)?\s*\S+(?:\s+v\S+)?\s+=>\s+(\.\.\/\S*)/m.exec(unit.text('go.mod'))?.[1];
  if (outside !== undefined) {
    return {
      unfit: `go.mod replaces a module by ${outside}, and the build gets only a copy of ${unit.folder}`,
    };
  }
  const mains = unit.files.filter(
    (path) => path.endsWith('.go') && !path.endsWith('_test.go') && isMain(unit.text(path)),
  );
  const folders = [...new Set(mains.map((path) => posix.dirname(path)))];
  if (folders.length === 0) return { unfit: 'its Go module contains no package main' };
  return folders.map((folder) => {
    return {
      folder: folder === '.' ? '' : `${folder}/`,
      build: buildPackage(folder === '.' ? '.' : `./${folder}`),
      start: goProgram,
      reason: `package main in ${folder === '.' ? 'go.mod' : folder}`,
    };
  });
}

function isMain(text: string): boolean {
  return /^package main\b/m.test(text) && /^func main\(\)/m.test(text);
}
