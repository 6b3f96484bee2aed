import type { BuildPlace } from './kind.ts';
import { packageManager } from './packages.ts';

/**
 * Returns what gives a declared `build` the package manager of its folder, of which the image of Node has npm alone, or an
 * older Yarn. A build on the machine has the tools of the machine.
 */
export function nodeSetup(build: string, { folder, inContainer }: BuildPlace): string | undefined {
  const { name, program } = packageManager(folder);
  if (!inContainer || name === 'npm' || build.includes('corepack') || build.includes(program))
    return undefined;
  const isRun = new RegExp(`(^|[;&|(\\s])${name}\\b`).test(build);
  const isInstalled = new RegExp(`\\b(install|i|add)\\b[^;&|]*(-g|--global)\\b[^;&|]*\\b${name}\\b`).test(
    build,
  );
  return isRun && !isInstalled ? `${name}() { ${program} "$@"; }` : undefined;
}
