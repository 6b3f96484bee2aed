/** What the author of a target imports, as `railhead/target`. CONTRIBUTING.md says how to add one. */
export { defineTarget } from './shared/target.ts';
export { chooseTarget } from './index.ts';
export type {
  MakePlan,
  Plan,
  PlannedService,
  PreflightContext,
  Target,
  TargetContext,
} from './shared/target.ts';
export type { Data, DataPlace, StateResource, Store } from './shared/data.ts';
export type { CanaryPlace, LiveCanary } from './shared/canaries.ts';
export type { OwnTools, ToolPlace } from './shared/own-tools.ts';
export type { Check } from './shared/check.ts';
export type { RecordedResource } from './shared/recorded.ts';
export type { StackSupport } from './shared/support.ts';
export type { Violation } from './shared/violation.ts';
export * from '../plan/hole.ts';
export type { PlannedOptions, PlannedResource } from '../plan/planned.ts';
export { ResourceList, type ResourceType, type WithHoles } from '../plan/resource.ts';
