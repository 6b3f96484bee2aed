import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { StackError } from './problem.ts';

/** A folder with these files (a path ending in "/" is a folder) that lives as long as the test. */
export function scratch(t: TestContext, files: Record<string, string | Buffer>): string {
  // The real path: the temporary folder may be a link, and messages name the real one.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) {
      writeFileSync(path, content);
    }
  }
  return folder;
}

/** The problems that `action` throws, one a line, file names relative to `folder`; none where it does not. */
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
