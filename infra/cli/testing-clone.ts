import { execFileSync } from 'node:child_process';
import type { TestContext } from 'vitest';
import { openClone, railhead, succeed } from './testing.ts';

/** Makes a clone in a folder of its own. Its repository has the project's files, and not those of Railhead. `urlOf` returns the address of its service. */
export function gitClone(t: TestContext, environment: string, urlOf: (root: string) => string) {
  const { root, write, close } = openClone();
  t.onTestFinished(async () => {
    await railhead(root, 'down', '-s', environment);
    await close();
  });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'a@b');
  return {
    ...{ root, write },
    git,
    run: (command: string, ...args: string[]) => succeed(railhead(root, command, ...args)),
    commit: () => {
      git('add', '.');
      git('commit', '-q', '-m', 'change');
    },
    pull: (other: string) => {
      git('fetch', '-q', other, 'main');
      git('checkout', '-q', '-f', 'FETCH_HEAD');
    },
    reply: async (path = '') => (await fetch(`${urlOf(root)}${path}`)).text(),
  };
}
