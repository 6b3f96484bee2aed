import { buildGraph } from '../graph/graph.ts';
import { parseStack, type LoadedStack } from '../stack/load.ts';
import { StackError, type Problem } from '../stack/problem.ts';
import type { Target } from '../targets/shared/target.ts';
import { stackText, type StackFile } from './stack-text.ts';
import type { Detected, Proposal, Unfit } from './types.ts';

/**
 * Returns the proposals that form a valid stack file for the target. Every other one becomes unfit, with the problem as
 * its reason. `path`: absolute path of the stack file, which does not exist yet.
 */
export function checkProposals(
  { proposals, unfit }: Detected,
  file: Omit<StackFile, 'services'>,
  { path, target }: { path: string; target: Target },
): Detected {
  if (proposals.length === 0) return { proposals, unfit };
  const problems = problemsOf(() => parseStack(stackText({ ...file, services: proposals }), path), target);
  const refused = proposals.flatMap((proposal): [Proposal, Unfit][] => {
    const own = problems.filter((problem) => problem.path.split('.')[1] === proposal.name);
    const [first] = own;
    return first === undefined ? [] : [[proposal, { place: proposal.source, reason: first.message }]];
  });
  if (problems.length === 0) return { proposals, unfit };
  if (refused.length === 0) throw new StackError([...problems]);
  const names = refused.map(([{ name }]) => name);
  const valid = proposals.filter(({ name }) => !names.includes(name));
  const reasons = [...unfit, ...refused.map(([, reason]) => reason)];
  return checkProposals({ proposals: valid, unfit: reasons }, file, { path, target });
}

/** Returns the problems of a stack file as the environment `dev` of a target, without warnings. */
export function problemsOf(load: () => LoadedStack, target: Target): Problem[] {
  try {
    buildGraph(load(), 'dev', { target });
    return [];
  } catch (error) {
    if (error instanceof StackError) return error.problems.filter(({ warning }) => !warning);
    throw error;
  }
}
