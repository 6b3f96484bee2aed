import { keepIdentity } from '../../program/identity.ts';
import { formatProblem, StackError } from '../../stack/problem.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Evaluated } from './evaluate.ts';

/** Returns why `up` would refuse the later side if the former one runs: it would leave data behind, or could not read them. */
export function identityProblems(before: Evaluated, { context, chosen }: Evaluated): string[] {
  const { graph, stack, target } = context;
  try {
    keepIdentity(graph, before.identity, chosen, stack, target);
    return [];
  } catch (error) {
    if (error instanceof StackError) return error.problems.map(formatProblem);
    if (error instanceof UserError) return [error.message.replaceAll('\n', ' ')];
    throw error;
  }
}
