import type { Text } from '../../../plan/hole.ts';
import type { PlannedResource } from '../../../plan/planned.ts';
import type { CodeService } from '../../../stack/schema.ts';
import type { PlanScope } from '../scope.ts';
import type { Program } from '../serving.ts';
import { types } from '../types.ts';
import { analysisTemplateArgs } from './analysis.ts';
import { argoRolloutArgs } from './argo-rollout.ts';
import { figuresName, figuresServiceArgs } from './figures-service.ts';
import type { TriedOut } from './tried-out.ts';

/**
 * Prepares the Rollout of a service, and plans what judges its canaries.
 *
 * @returns the Rollout, and what must exist before it
 */
export function planTriedOut(
  scope: PlanScope,
  service: string,
  config: CodeService,
  program: Program & { meter: Text },
  triedOut: TriedOut,
): { workload: PlannedResource; before: PlannedResource[] } {
  const { resources } = scope;
  const figures = figuresServiceArgs(scope, service, triedOut);
  const template = analysisTemplateArgs(scope, service, config, program.meter, triedOut);
  return {
    before: [
      resources.add(service, types.service, figuresName(service), figures),
      resources.add(service, types.analysisTemplate, service, template),
    ],
    workload: resources.prepare(
      service,
      types.argoRollout,
      service,
      argoRolloutArgs(scope, service, config, program, triedOut),
    ),
  };
}
