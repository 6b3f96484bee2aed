import { posix } from 'node:path';
import type { SourceTree } from './source-tree.ts';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.css'];

/** TypeScript names the file that will exist after a build: `./x.js` is `./x.ts` in the source. */
const built: Record<string, string[]> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** Returns the file that a relative import means, as a bundler finds it; undefined if there is none in the tree. */
export function resolveRelative(tree: SourceTree, importer: string, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(importer), specifier.replace(/[?#].*$/, ''));
  const extension = posix.extname(path);
  const candidates = [
    path,
    ...(built[extension] ?? []).map((other) => path.slice(0, -extension.length) + other),
    ...extensions.map((other) => path + other),
    ...extensions.map((other) => posix.join(path, `index${other}`)),
  ];
  return candidates.find((candidate) => tree.isFile(candidate));
}
