import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../infra/common/roots.ts';
import { NewUser, type Finished } from './new-user.ts';

/** A fresh clone of this work tree for a new user, with an empty HOME and without the environment of this process. */
export class Clone {
  readonly folder: string;
  readonly home: string;
  #base: string;
  #user: NewUser;

  constructor() {
    this.#base = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-live-')));
    this.folder = join(this.#base, 'railhead');
    this.#user = new NewUser(this.#base);
    this.home = this.#user.home;
    copyWorkTree(this.folder);
  }

  /** Runs a command as a new user would, and prints its output as it arrives. */
  run(...command: string[]): Promise<Finished> {
    return this.#user.run(this.folder, command);
  }

  /** Runs a command with input on stdin. */
  runWithInput(input: string, ...command: string[]): Promise<Finished> {
    return this.#user.run(this.folder, command, { input });
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}

/**
 * Copies the files that git tracks or would track, and commits them, so that `git status` shows the files a run
 * leaves.
 */
function copyWorkTree(folder: string): void {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', list, { cwd: packageRoot, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) cpSync(join(packageRoot, file), join(folder, file), { force: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'A fresh clone');
}
