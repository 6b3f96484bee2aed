import { parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { messageOf, problemsSchema, ruleSchema, type Request, type Result } from './protocol.ts';

/**
 * Runs one rule of a team in a thread of its own, so that a rule that does not end can be ended. The rule gets copies of
 * plain data, and no variables of the environment.
 */
const { file, input } = workerData as Request;
parentPort!.postMessage(await run());

async function run(): Promise<Result> {
  let exported: { default?: unknown };
  try {
    exported = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    return { kind: 'failed', problem: `does not load: ${messageOf(error)}` };
  }
  // Node does not check the types of a file that it loads.
  const rule = ruleSchema.safeParse(exported.default);
  if (!rule.success) {
    return {
      kind: 'failed',
      problem: 'has no default export that definePolicy() of railhead/policy has made',
    };
  }
  const { name, levels, check } = rule.data;
  if (levels[input.environment.stage] === undefined) return { kind: 'checked', name, levels, problems: [] };
  const failed = (problem: string): Result => ({ kind: 'failed', problem: `the rule "${name}" ${problem}` });
  try {
    const problems = problemsSchema.safeParse(await check(input));
    if (problems.success) return { kind: 'checked', name, levels, problems: problems.data };
    return failed('must return a list of problems, each with a path and a message');
  } catch (error) {
    return failed(`failed: ${messageOf(error)}`);
  }
}
