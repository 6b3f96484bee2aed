import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../infra/common/roots.ts';

export interface Finished {
  code: number | null;
  /** stdout and stderr, interleaved. */
  output: string;
}

/** A fresh clone of this work tree for a new user, with an empty HOME and without the environment of this process. */
export class Clone {
  readonly folder: string;
  readonly home: string;
  #base: string;

  constructor() {
    this.#base = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-live-')));
    this.folder = join(this.#base, 'railhead');
    this.home = join(this.#base, 'home');
    mkdirSync(this.home);
    copyWorkTree(this.folder);
  }

  /** Runs a command as a new user would, and prints its output as it arrives. */
  run(...command: string[]): Promise<Finished> {
    return this.#spawn(command);
  }

  /** Runs a command with input on stdin. */
  runWithInput(input: string, ...command: string[]): Promise<Finished> {
    return this.#spawn(command, input);
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }

  async #spawn(command: string[], input?: string): Promise<Finished> {
    const [program = '', ...args] = command;
    console.log(`$ ${command.join(' ')}`);
    const child = spawn(program, args, {
      cwd: this.folder,
      env: this.#environment(),
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { code, output };
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH, LANG, RAILHEAD_CACHE_DIR, ...rest } = process.env;
    // The settings for proxies and certificates belong to the machine, and package clients need them.
    const machine = Object.entries(rest).filter(([name]) => /(_CA|CERT|PROXY|^GO|^PIP_)/.test(name));
    const ours = join(packageRoot, 'node_modules/.bin');
    const path = PATH?.split(':').filter(
      (folder) => folder !== ours && !folder.endsWith('node_modules/.bin'),
    );
    return {
      ...Object.fromEntries(machine),
      PATH: path?.join(':'),
      LANG,
      RAILHEAD_CACHE_DIR,
      HOME: this.home,
    };
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
