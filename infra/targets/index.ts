import type { ServiceGraph } from '../graph/types.ts';
import { UserError } from '../stack/problem.ts';
import type { Target, TargetName } from './target.ts';

/** Loaded when chosen: nobody waits for the SDK of a target that is not used. */
const targets: Partial<Record<TargetName, () => Promise<Target>>> = {
  process: async () => (await import('./process/index.ts')).processTarget,
};

/** The target, once it is sure that it can run the graph. Throws a UserError with every field that it cannot honour. */
export async function loadTarget(name: TargetName, graph: ServiceGraph): Promise<Target> {
  const load = targets[name];
  if (load === undefined) {
    throw new UserError(
      `The target "${name}" is not built yet. Set another one: npm run pulumi -- config set railhead:target ${Object.keys(targets).join('|')} -s ${graph.environment}`,
    );
  }
  const target = await load();
  const problems = target.unsupported(graph);
  if (problems.length === 0) return target;
  throw new UserError(
    [
      `The target "${name}" of ${graph.environment} cannot honour all of the stack file:`,
      ...problems.map(({ path, message }) => `  ${path}: ${message}`),
    ].join('\n'),
  );
}
