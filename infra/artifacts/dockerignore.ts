import { posix } from 'node:path';

interface Pattern {
  matches: RegExp;
  /** Whether what it matches is included again: `!README.md`. */
  includes: boolean;
}

/**
 * Returns the files that a build receives, by the rules of `.dockerignore`: the last pattern that matches a file, or a folder above it,
 * decides. The Dockerfile and `.dockerignore` itself are always there.
 *
 * @param dockerfile path of the Dockerfile; all paths are relative to the build context
 * @param read returns the text of a file; undefined if there is none
 */
export function withoutIgnored(
  files: readonly string[],
  dockerfile: string,
  read: (file: string) => string | undefined,
): string[] {
  const name = posix.normalize(dockerfile);
  const own = `${name}.dockerignore`;
  const text = read(own) ?? read('.dockerignore');
  if (text === undefined) return [...files];
  const kept = new Set([name, own, '.dockerignore']);
  const patterns = parse(text);
  return files.filter((file) => kept.has(file) || !isIgnored(file, patterns));
}

function isIgnored(file: string, patterns: readonly Pattern[]): boolean {
  const steps = file.split('/');
  const paths = steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  return patterns.reduce(
    (ignored, { matches, includes }) => (paths.some((path) => matches.test(path)) ? !includes : ignored),
    false,
  );
}

function parse(text: string): Pattern[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const includes = line.startsWith('!');
      const path = posix.normalize((includes ? line.slice(1).trim() : line).replace(/^\/+/, ''));
      return { includes, glob: path.replace(/(?<=.)\/$/, '') };
    })
    .filter(({ glob }) => glob !== '.')
    .map(({ includes, glob }) => ({ includes, matches: new RegExp(`^${expression(glob)}$`) }));
}

/** Returns a pattern of Go's `filepath.Match`, with `**` for any number of folders, as a regular expression. */
function expression(glob: string): string {
  return glob.replace(/\*\*\/?|\*|\?|\[[^\]]+\]|\\.|[^*?[\\]/g, (part) => {
    if (part.startsWith('**')) return part.endsWith('/') ? '(?:.*/)?' : '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') || part.startsWith('\\')) return part;
    return part.replace(/[.+^${}()|\]]/, String.raw`\$&`);
  });
}
