import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../infra/common/roots.ts';

/** An import of a relative path, of types too. */
const relativeImport = /(?:from|import\()\s*'(\.[^']+)'/g;

test('no file imports itself through others, not even for a type', () => {
  const files = globSync('{infra,services,tools,tests,bench}/**/*.ts', { cwd: packageRoot });
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  assert.ok(files.length > 500);
  assert.deepEqual(circlesOf(imports), []);
});

test('no folder imports itself through others; a folder and what is in it count as one', () => {
  const files = globSync('{infra,services,tools}/**/*.ts', { cwd: packageRoot }).filter(isProduct);
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const outside = importsOf(file)
      .map(dirname)
      .filter((other) => !isWithin(other, dirname(file)) && !isWithin(dirname(file), other));
    folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), ...outside]);
  }
  assert.deepEqual(circlesOf(folders), []);
});

test('a circle is found with all its files', () => {
  const imports = new Map([
    ['a', ['b', 'e']],
    ['b', ['c']],
    ['c', ['a', 'd']],
    ['d', []],
    ['e', ['e']],
  ]);
  assert.deepEqual(circlesOf(imports), [['a', 'b', 'c'], ['e']]);
});

function importsOf(file: string): string[] {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  return [...text.matchAll(relativeImport)].map(([, path = '']) => normalize(join(dirname(file), path)));
}

/** Tests and their helpers may use what comes after the part that they test. */
function isProduct(file: string): boolean {
  return !/\.test\.ts$|(^|\/)testing(\.ts$|\/)/.test(file);
}

function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(`${other}/`);
}

/** Returns the groups of files or folders that reach each other, sorted. */
function circlesOf(imports: ReadonlyMap<string, string[]>): string[][] {
  const reached = new Map([...imports.keys()].map((file) => [file, reachedFrom(file, imports)]));
  const groups = [...reached].flatMap(([file, others]) => {
    const group = [...others].filter((other) => reached.get(other)?.has(file)).toSorted();
    return group[0] === file ? [group] : [];
  });
  return groups.toSorted();
}

function reachedFrom(file: string, imports: ReadonlyMap<string, string[]>): Set<string> {
  const reached = new Set<string>();
  const pending = [...(imports.get(file) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(imports.get(next) ?? []));
  }
  return reached;
}
