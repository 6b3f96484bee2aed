import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from './manifest.ts';

/** Returns the command that adds a development dependency: `npm install -D`. */
export function addCommand(root: string): string {
  const has = (file: string) => existsSync(join(root, file));
  const manager = packageManager(
    has,
    has('package.json') ? readFileSync(join(root, 'package.json'), 'utf8') : '',
  );
  if (manager === 'npm') return 'npm install -D';
  // pnpm asks for the flag at the root of a workspace.
  return manager === 'pnpm' && has('pnpm-workspace.yaml') ? 'pnpm add -D -w' : `${manager} add -D`;
}

/** Returns the package manager of a repository: the one that its package.json names, else that of its lock file. */
export function packageManager(has: (file: string) => boolean, manifest: string): 'npm' | 'pnpm' | 'yarn' {
  const named = /^(npm|pnpm|yarn)@/.exec(parseManifest(manifest)?.packageManager ?? '')?.[1];
  if (named === 'npm' || named === 'pnpm' || named === 'yarn') return named;
  if (has('pnpm-lock.yaml')) return 'pnpm';
  return has('yarn.lock') ? 'yarn' : 'npm';
}
