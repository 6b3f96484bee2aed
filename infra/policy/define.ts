import type { ServiceGraph } from '../graph/types.ts';
import type { Stage } from '../stack/policy.ts';
import type { Stack } from '../stack/schema.ts';
import type { RecordedResource } from '../targets/shared/recorded.ts';

/** What the authors of rules import, as `railhead/policy`. */
export type { RecordedResource, ServiceGraph, Stack, Stage };

/** What an environment plans to run, as plain data without the values of secrets. */
export interface PolicyInput {
  /** What the stack file declares, with all defaults. */
  stack: Stack;
  /** The services in start order, with their references resolved, and the connections between them. */
  graph: ServiceGraph;
  /** The resources as the engine would receive them. */
  resources: RecordedResource[];
  environment: { name: string; stage: Stage };
  target: {
    name: string;
    /** Paths of the fields that the target refuses or ignores, such as `services.source.resources`. */
    unsupported: string[];
    /** The types of resources that hold data, such as `docker:index/volume:Volume`. */
    stores: string[];
  };
}

/** A place where a rule is broken. */
export interface PolicyProblem {
  /** Path in the stack file: `['services', 'api', 'image']`. If it does not exist, the nearest existing part is shown. */
  path: readonly (string | number)[];
  /** What is wrong and how to change it. It must not contain the values of secrets. */
  message: string;
  /** The service, if `path` does not name it. */
  service?: string | undefined;
}

/** A rule over what an environment plans to run. */
export interface Policy {
  /** The name that findings and waivers use: lower-case letters, digits and `-`. */
  name: string;
  /** One sentence that says what the rule demands. */
  description: string;
  /** By stage: whether a finding stops an update, `error`, or is only shown, `advice`. Other stages are not checked. */
  levels: Partial<Record<Stage, 'error' | 'advice'>>;
  /** Returns the places that break the rule. */
  check(input: PolicyInput): readonly PolicyProblem[] | Promise<readonly PolicyProblem[]>;
}

/** Checks the type of a rule. A file in the folder `policy.rules` exports the result as its default. */
export function definePolicy(policy: Policy): Policy {
  return policy;
}
