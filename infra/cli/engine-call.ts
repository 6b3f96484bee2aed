import { spawn, type ChildProcess } from 'node:child_process';
import { capture, type CommandResult } from '../../tools/command.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';
import type { Engine } from '../../tools/engine/types.ts';
import { linkEngine } from '../../tools/engine/home.ts';
import { repositoryRoot } from '../environment.ts';
import { engineEnvironment, prepareFolders } from './engine-environment.ts';

/** The Pulumi CLI with the project's environment for one stack. */
export interface EngineCall {
  engine: Engine;
  /** PULUMI_BACKEND_URL. */
  backend: string;
  /** Runs a command on the user's terminal; gives its exit code. */
  run(args: string[]): Promise<number>;
  /** Runs a command and keeps what it prints. */
  read(args: string[]): Promise<CommandResult>;
}

/** Makes the CLI ready, fetching it where it is missing. Throws UserError. */
export async function openEngine(stack: string): Promise<EngineCall> {
  prepareFolders(repositoryRoot);
  const engine = await ensureEngine(repositoryRoot, (line) => console.error(line));
  linkEngine(repositoryRoot, engine);
  const env: NodeJS.ProcessEnv = { ...process.env, ...engineEnvironment(repositoryRoot, stack) };
  const options = { cwd: repositoryRoot, env };
  return {
    engine,
    backend: env['PULUMI_BACKEND_URL'] ?? '',
    run: (args) => onTerminal(() => spawn(engine.executable, args, { ...options, ...terminal() })),
    read: (args) => withPrivateFiles(() => capture(engine.executable, args, options)),
  };
}

/** A terminal sends Ctrl-C to all of its processes; without one the CLI is kept apart, so that it gets each signal once. */
function terminal() {
  return { stdio: 'inherit', detached: !process.stdin.isTTY } as const;
}

async function onTerminal(start: () => ChildProcess): Promise<number> {
  const child = withPrivateFiles(start);
  let last = 0;
  const forward = (signal: NodeJS.Signals) => {
    // A second signal makes Pulumi give up at once, and the parents of this process may each send the same one.
    const isRepeated = Date.now() - last < 1_000;
    last = Date.now();
    if (!isRepeated && !(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}

/** Pulumi makes its files with what the umask leaves, and state holds what is nobody else's business. */
function withPrivateFiles<T>(start: () => T): T {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}
