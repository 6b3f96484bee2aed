import type { Folder } from '../../runtimes/folder.ts';
import { detectRuntime } from '../../runtimes/detect.ts';
import { isWorkspace, packageManager } from '../../runtimes/packages.ts';
import { runtimeKinds } from '../../runtimes/index.ts';

/** The commands that Railpack runs for a folder by itself, as Railhead runs them. */
export interface Generated {
  install: string | undefined;
  build: string | undefined;
}

/** Commands that install packages themselves, or are scripts that can do so. */
const installs =
  /\b(npm|pnpm|yarn|bun)(@\S+)? (ci|install|i|add)\b|(^|[;&]\s*)yarn\s*($|&&)|\b(pip[\d.]*|poetry|pipenv|bundle|composer|gem|uv pip) (install|sync)|\buv sync\b|\.sh\b|\bmake\b|\bcorepack\b/;

export function generatedFor(folder: Folder): Generated {
  const { runtime } = detectRuntime(folder, undefined, {});
  const { install, compile } = runtimeKinds[runtime.name];
  const ofPackages = isWorkspace(folder) ? packageManager(folder).install : undefined;
  return { install: install?.(folder) ?? ofPackages, build: compile?.(folder) };
}

/** Returns a declared build with the installation before it, which Railpack runs for every build. */
export function withInstall(command: string, { install }: Generated): string {
  return install === undefined || installs.test(command) ? command : `${install} && ${command}`;
}

/**
 * Returns the build of the steps of a railpack.json. A step that is not there is the generated one, and `...` in a step stands
 * for its generated commands.
 */
export function buildOf(steps: ReadonlyMap<string, readonly string[]>, generated: Generated): string {
  const expand = (name: string, lines: readonly string[]) => {
    const own = name === 'install' ? generated.install : name === 'build' ? generated.build : undefined;
    return lines.flatMap((line) => (line === '...' ? (own ?? []) : [line]));
  };
  const declared = [...steps].map(([name, lines]): [string, string[]] => [name, expand(name, lines)]);
  const all = declared.flatMap(([, lines]) => lines);
  const before =
    steps.has('install') || installs.test(all.join(' && ')) ? [] : [generated.install ?? []].flat();
  const isBuilt = steps.has('build') || generated.build === undefined || all.includes(generated.build);
  return [...before, ...all, ...(isBuilt ? [] : [generated.build ?? []].flat())].join(' && ');
}
