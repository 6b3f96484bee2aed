import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** Puts an executable with this text first on the PATH until the test ends. Returns its folder, a new one in `root`. */
export function putOnPath(t: TestContext, root: string, name: string, text: string): string {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, name), text, { mode: 0o755 });
  setPath(t, `${bin}:${process.env.PATH}`);
  return bin;
}

/**
 * Makes a new folder in `root` the only one on the PATH until the test ends. Returns a function that writes a program into
 * it, which prints a line.
 */
export function emptyPath(t: TestContext, root: string): (name: string, line: string) => void {
  const bin = join(root, 'bin');
  mkdirSync(bin, { mode: 0o755 });
  setPath(t, bin);
  return (name, line) => writeFileSync(join(bin, name), `#!/bin/sh\necho '${line}'\n`, { mode: 0o755 });
}

function setPath(t: TestContext, path: string): void {
  const { PATH } = process.env;
  process.env.PATH = path;
  t.onTestFinished(() => void (process.env.PATH = PATH));
}
