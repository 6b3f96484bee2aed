import { globSync } from 'node:fs';
import { packageRoot } from '../infra/common/roots.ts';

/** Returns the paths of the project's Markdown files, relative to the clone. */
export function documents(): string[] {
  const ours = ['*.md', '{infra,services,stacks,tools,bench}/**/*.md'];
  const found = ours.flatMap((pattern) => globSync(pattern, { cwd: packageRoot }));
  // Golden files name files of invented projects.
  return found.filter((path) => !path.includes('/golden/')).toSorted();
}

/** Returns the relative targets of Markdown links and pictures. */
export function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Returns the paths in backticks that start with a folder of the project, without the number of a line. */
export function pathsOf(text: string): string[] {
  return [...text.matchAll(/`((?:infra|services|stacks|tools|tests|bench)\/[^`\s]*)`/g)]
    .map(([, path = '']) => path.replace(/:\d+$/, ''))
    .filter((path) => !/[*<{]|NNNN/.test(path));
}

/** Returns the commands: inline `npm …` and `npx …`, and the lines of shell blocks without their comments. */
export function commandsOf(text: string): string[] {
  const inline = [...text.matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, command = '']) => command);
  return [...inline, ...shellBlocks(text, /^ *```sh( skip)?$/).flat()].flatMap((line) => line.split(' && '));
}

/** Returns the shell blocks that can run here: a block with `sh skip` needs, for example, a cloud account. */
export function runnableBlocks(text: string): string[][] {
  return shellBlocks(text, /^ *```sh$/);
}

function shellBlocks(text: string, opening: RegExp): string[][] {
  const blocks: string[][] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (inside && line.trim() === '```') inside = false;
    else if (inside) blocks.at(-1)?.push(line.replace(/\s+#.*$/, '').trim());
    else if ((inside = opening.test(line))) blocks.push([]);
  }
  return blocks;
}
