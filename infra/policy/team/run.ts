import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../../tools/user-error.ts';
import { builtFile } from '../../common/roots.ts';
import type { LoadedStack } from '../../stack/load.ts';
import { StackError } from '../../stack/problem.ts';
import type { PolicyInput } from '../define.ts';
import type { RuleResult } from '../result.ts';
import { rules } from '../rules/index.ts';
import { messageOf, type Request, type Result } from './protocol.ts';

/** Milliseconds that a rule may take, including the time to load its file. */
const timeLimit = 10_000;

/** Runs the rules in the folder that the stack file names, all at once. Throws UserError with the problems of all files. */
export async function runTeamRules(stack: LoadedStack, input: PolicyInput): Promise<RuleResult[]> {
  const files = filesOf(stack);
  const results = await Promise.allSettled(files.map((file) => runRule(file, input)));
  const failures = results.flatMap((result) =>
    result.status === 'rejected' ? [messageOf(result.reason)] : [],
  );
  const found = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const names = [...rules, ...found.map(({ rule }) => rule)].map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const problems = [
    ...failures,
    ...[...twice].map((name) => `There are two rules with the name ${JSON.stringify(name)}.`),
  ];
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  return found;
}

function filesOf(loaded: LoadedStack): string[] {
  const { rules: name } = loaded.stack.policy;
  if (name === undefined) return [];
  const folder = join(loaded.root, name);
  const found = existsSync(folder) ? readdirSync(folder).filter(isRule).toSorted() : [];
  if (found.length > 0) return found.map((file) => join(folder, file));
  const message = `${JSON.stringify(name)} contains no rules: it must be a folder with a TypeScript file for each rule`;
  throw new StackError(loaded.place([{ path: ['policy', 'rules'], message }]));
}

function isRule(file: string): boolean {
  return /\.(ts|mts|js|mjs)$/.test(file) && !/\.(test|d)\.m?ts$/.test(file);
}

async function runRule(file: string, input: PolicyInput): Promise<RuleResult> {
  const shown = relative(process.cwd(), file);
  const result = await inThread({ file, input }).catch((error: unknown) => {
    throw new UserError(`${shown}: ${messageOf(error)}`);
  });
  if (result.kind === 'failed') throw new UserError(`${shown}: ${result.problem}`);
  return { rule: result, problems: result.problems };
}

function inThread(request: Request): Promise<Result> {
  // What a rule prints must not get into the output of the command.
  const worker = new Worker(builtFile('policy-rule.js'), { workerData: request, env: {}, stdout: true });
  worker.stdout.pipe(process.stderr, { end: false });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const limit = setTimeout(() => reject(new Error(`did not end within ${timeLimit / 1000} s`)), timeLimit);
  worker.once('message', resolve).once('error', reject);
  worker.once('exit', (code) => reject(new Error(`ended its thread with exit code ${code}`)));
  return promise.finally(() => {
    clearTimeout(limit);
    return worker.terminate();
  });
}
