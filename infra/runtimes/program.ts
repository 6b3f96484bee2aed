import type { Folder } from './folder.ts';

const programs = ['main', 'index', 'server', 'src/main', 'src/index'].flatMap((name) => [
  `${name}.ts`,
  `${name}.js`,
]);

/** Returns the program of a folder, for runtimes that run TypeScript as it is; undefined if there is none. */
export function programIn(folder: Folder): string | undefined {
  return programs.find((file) => folder.has(file));
}
