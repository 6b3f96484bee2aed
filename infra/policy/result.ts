import type { PolicyFinding } from '../changes/model.ts';
import type { Policy, PolicyProblem } from './define.ts';

/** A rule with the problems that it has found. Without a level for the stage, it has not run. */
export interface RuleResult {
  rule: Pick<Policy, 'name' | 'levels'>;
  problems: readonly PolicyProblem[];
}

/** A problem with its rule, before it has a place. */
export type Found = PolicyProblem & Pick<PolicyFinding, 'rule' | 'level' | 'waiver'>;

/** Returns the service of a problem, or `gateway`; undefined if it concerns the whole environment. */
export function serviceOf({ service, path: [root, name] }: PolicyProblem): string | undefined {
  if (service !== undefined) return service;
  if (root === 'services') return String(name);
  return root === 'gateway' ? root : undefined;
}
