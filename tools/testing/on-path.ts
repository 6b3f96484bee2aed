import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** Puts an executable with this text first on the PATH until the test ends. Returns its folder, a new one in `root`. */
export function putOnPath(t: TestContext, root: string, name: string, text: string): string {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, name), text, { mode: 0o755 });
  const { PATH } = process.env;
  process.env.PATH = `${bin}:${PATH}`;
  t.onTestFinished(() => void (process.env.PATH = PATH));
  return bin;
}
