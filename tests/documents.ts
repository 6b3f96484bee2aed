import { globSync } from 'node:fs';
import { repositoryRoot } from '../infra/environment.ts';

/** Every Markdown file of ours, relative to the clone. */
export function documents(): string[] {
  const ours = ['*.md', '{infra,services,stacks,tools,bench}/**/*.md'];
  return ours.flatMap((pattern) => globSync(pattern, { cwd: repositoryRoot })).toSorted();
}

/** Relative targets of Markdown links and pictures. */
export function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Paths in backticks that start with one of our folders. */
export function pathsOf(text: string): string[] {
  return [...text.matchAll(/`((?:infra|services|stacks|tools|tests|bench)\/[^`\s]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[*<{]|NNNN/.test(path));
}

/** Commands a reader may type: inline `npm …` and `npx …`, and the lines of shell blocks without their comments. */
export function commandsOf(text: string): string[] {
  const inline = [...text.matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, command = '']) => command);
  return [...inline, ...shellLines(text, /^ *```sh( skip)?$/)].flatMap((line) => line.split(' && '));
}

/** Lines of the shell blocks that stand on their own: a block marked `sh skip` needs somebody's cloud account. */
export function runnableLines(text: string): string[] {
  return shellLines(text, /^ *```sh$/);
}

function shellLines(text: string, opening: RegExp): string[] {
  const lines: string[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (inside && line.trim() === '```') inside = false;
    else if (inside) lines.push(line.replace(/\s+#.*$/, '').trim());
    else inside = opening.test(line);
  }
  return lines.filter(Boolean);
}
