import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'vitest';
import { StackError } from './problem.ts';

/** Creates a temporary folder with these files (a name ending in "/" is a folder). It is removed after the test. */
export function scratch(t: TestContext, files: Record<string, string | Buffer>): string {
  // Messages contain real paths, and the temporary folder may be a symbolic link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-')));
  t.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) {
      writeFileSync(path, content);
    }
  }
  return folder;
}

/** Runs `action`. Returns the problems that it throws, one per line, with file names relative to `folder`. */
export function problemsOf(folder: string, action: () => unknown): string[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof StackError) {
      return error.message.replaceAll(`${folder}/`, '').replaceAll(folder, '<root>').split('\n');
    }
    throw error;
  }
}
