import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../infra/common/roots.ts';

export interface Finished {
  code: number | null;
  /** stdout and stderr, interleaved. */
  output: string;
}

interface RunOptions {
  /** The text on stdin. Default: no stdin. */
  input?: string;
  /** Folders that come first on the PATH. */
  path?: string[];
}

/** Runs commands as a new user of this machine would: with an empty HOME and without the environment of this process. */
export class NewUser {
  readonly home: string;

  /** @param base absolute path of a folder for the user's HOME */
  constructor(base: string) {
    this.home = join(base, 'home');
    mkdirSync(this.home);
  }

  /** Runs a command in `folder` and prints its output as it arrives. */
  async run(folder: string, command: string[], { input, path = [] }: RunOptions = {}): Promise<Finished> {
    const [program = '', ...args] = command;
    console.log(`$ ${command.join(' ')}`);
    const child = spawn(program, args, {
      cwd: folder,
      env: this.#environment(path),
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

  #environment(first: string[]): NodeJS.ProcessEnv {
    const { PATH = '', LANG, RAILHEAD_CACHE_DIR, ...rest } = process.env;
    // The settings for proxies and certificates belong to the machine, and package clients need them.
    const machine = Object.entries(rest).filter(([name]) => /(_CA|CERT|PROXY|^GO|^PIP_)/.test(name));
    const ours = join(packageRoot, 'node_modules/.bin');
    const others = PATH.split(':').filter(
      (folder) => folder !== ours && !folder.endsWith('node_modules/.bin'),
    );
    return {
      ...Object.fromEntries(machine),
      PATH: [...first, ...others].join(':'),
      LANG,
      RAILHEAD_CACHE_DIR,
      HOME: this.home,
    };
  }
}
