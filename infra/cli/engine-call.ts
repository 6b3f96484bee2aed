import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { capture, type CommandOptions, type CommandResult } from '../../tools/command.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';
import type { Engine } from '../../tools/engine/types.ts';
import { linkEngine } from '../../tools/engine/home.ts';
import { readProject } from '../common/project.ts';
import { projectRoot } from '../common/roots.ts';
import type { StatePlace } from '../delivery/local-state.ts';
import { engineEnvironment, pluginEnvironment, prepareFolders } from './engine-environment.ts';
import { lockAdvice, type LineFilter } from './lock-advice.ts';

type Output = 'stdout' | 'stderr';

/** The Pulumi CLI with the project's environment for one stack. */
export interface EngineCall extends StatePlace {
  engine: Engine;
  /**
   * Runs a command on the user's terminal and returns its exit code. Throws Busy if another run locks the stack.
   *
   * @param variables further environment variables for the Pulumi program
   */
  run(args: string[], variables?: Record<string, string>): Promise<number>;
  /** Runs a command on the user's terminal with Pulumi's stderr unfiltered, and returns its exit code. */
  runPlain(args: string[]): Promise<number>;
  /** Runs a command and returns its output. `variables`: as for `run`. `input`: its stdin. After `timeout` milliseconds, ends it with its child processes. */
  read(
    args: string[],
    variables?: Record<string, string>,
    more?: Pick<CommandOptions, 'timeout' | 'input'>,
  ): Promise<CommandResult>;
}

/**
 * Prepares the Pulumi CLI for a stack, and installs it if it is missing. Throws UserError.
 *
 * @param output where `run` shows what the command prints
 */
export async function openEngine(stack: string, output: Output = 'stdout'): Promise<EngineCall> {
  prepareFolders(projectRoot());
  const engine = await ensureEngine(projectRoot(), (line) => console.error(line));
  linkEngine(projectRoot(), engine);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...engineEnvironment(projectRoot(), stack),
    ...(await pluginEnvironment(projectRoot(), stack)),
  };
  const options = { cwd: projectRoot(), env };
  return {
    engine,
    backend: env['PULUMI_BACKEND_URL'] ?? '',
    project: readProject(projectRoot()).name,
    run: (args, variables) => {
      const given = { ...options, env: { ...env, ...variables } };
      const start = () => spawn(engine.executable, args, { ...given, ...terminal('pipe', output) });
      return onTerminal(start, lockAdvice(stack));
    },
    runPlain: (args) => onTerminal(() => spawn(engine.executable, args, { ...options, ...terminal() })),
    read: (args, variables, more) => {
      const given = { ...options, ...more, env: { ...env, ...variables } };
      return withPrivateFiles(() => capture(engine.executable, args, given));
    },
  };
}

/**
 * Returns spawn options. A terminal sends Ctrl-C to every process of its group, the CLI included. Without a terminal
 * the CLI gets its own process group, so that it receives each signal only once, from `forward`.
 */
function terminal(errors: 'inherit' | 'pipe' = 'inherit', output: Output = 'stdout'): SpawnOptions {
  return { stdio: ['inherit', process[output].fd, errors], detached: !process.stdin.isTTY };
}

async function onTerminal(start: () => ChildProcess, filter?: LineFilter): Promise<number> {
  const child = withPrivateFiles(start);
  if (child.stderr && filter) filter.read(child.stderr);
  let last = 0;
  const forward = (signal: NodeJS.Signals) => {
    // A second signal makes Pulumi exit at once, and the parents of this process, such as npm, may forward it again.
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

/** Starts Pulumi with umask 077, because Pulumi derives file modes from the umask, and state is private to the user. */
function withPrivateFiles<T>(start: () => T): T {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}
