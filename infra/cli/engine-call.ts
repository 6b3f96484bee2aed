import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { capture, type CommandResult } from '../../tools/command.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';
import type { Engine } from '../../tools/engine/types.ts';
import { linkEngine } from '../../tools/engine/home.ts';
import { repositoryRoot } from '../environment.ts';
import { engineEnvironment, prepareFolders } from './engine-environment.ts';
import { lockAdvice, type LineFilter } from './lock-advice.ts';

/** The Pulumi CLI with the project's environment for one stack. */
export interface EngineCall {
  engine: Engine;
  /** PULUMI_BACKEND_URL. */
  backend: string;
  /** Runs a command on the user's terminal; gives its exit code. Throws Busy where somebody else holds the lock of the stack. */
  run(args: string[]): Promise<number>;
  /** The same with all that Pulumi itself says. */
  runPlain(args: string[]): Promise<number>;
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
    run: (args) => {
      const start = () => spawn(engine.executable, args, { ...options, ...terminal('pipe') });
      return onTerminal(start, lockAdvice(stack));
    },
    runPlain: (args) => onTerminal(() => spawn(engine.executable, args, { ...options, ...terminal() })),
    read: (args) => withPrivateFiles(() => capture(engine.executable, args, options)),
  };
}

/** A terminal sends Ctrl-C to all of its processes; without one the CLI is kept apart, so that it gets each signal once. */
function terminal(errors: 'inherit' | 'pipe' = 'inherit'): SpawnOptions {
  return { stdio: ['inherit', 'inherit', errors], detached: !process.stdin.isTTY };
}

async function onTerminal(start: () => ChildProcess, filter?: LineFilter): Promise<number> {
  const child = withPrivateFiles(start);
  if (child.stderr && filter) filter.read(child.stderr);
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
      child.on('close', (code) => (filter?.problem ? reject(filter.problem) : resolve(code ?? 1)));
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
