import { placeholder, type RecordedResource } from '../../targets/shared/recorded.ts';
import { fill, isSecret, leavesOf, replaceHoles, valueAt, visitHoles } from '../../plan/fill.ts';
import { standIn, type Leaf } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import type { Path } from '../../provider/wire.ts';
import { functionResult, providerOutputs } from './provider-outputs.ts';
import type { Secrets } from './secrets.ts';

/** Fills the holes of a plan without an engine. Returns the resources in the same order. */
export function fillPlan(planned: readonly PlannedResource[], secrets: Secrets): RecordedResource[] {
  /** By resource: its arguments and the outputs of its provider. */
  const known = new Map<PlannedResource, Record<string, unknown>>();
  const textOf = (leaf: Leaf): string => {
    switch (leaf.kind) {
      case 'secret':
        return secrets.take(leaf.name) ?? standIn;
      case 'program':
        return secrets.take(`pulumi.${leaf.name}`) ?? standIn;
      case 'call':
        return String(functionResult(leaf.call.function, secrets)[leaf.property]);
      case 'output':
        return outputIn(known.get(leaf.resource)!, leaf.resource.name, leaf.property);
    }
  };
  return planned.map((resource) => {
    const { component, type, name, args, options } = resource;
    const values = replaceHoles(args, (hole) => fill(hole, textOf)) as Record<string, unknown>;
    known.set(resource, { ...values, ...providerOutputs({ type, name, values }, secrets) });
    const sealed = (options.secretArgs ?? []).filter((property) => property in args);
    return {
      urn: urnOf(resource),
      type,
      name,
      dependsOn: dependenciesOf(resource).map(urnOf),
      ...(component !== undefined && { component }),
      ...((options.protect || options.retainOnDelete) && { isKept: true }),
      values,
      secrets: [...sealed.map((property) => [property]), ...secretPaths(args)],
    };
  });
}

function outputIn(values: Record<string, unknown>, name: string, property: string): string {
  const value = valueAt(values, property.split('.'));
  return typeof value === 'string' ? value : placeholder(name, property);
}

/** Returns the resources that must be created before: the declared ones, and those whose outputs fill a hole. */
function dependenciesOf({ args, options }: PlannedResource): PlannedResource[] {
  const used = leavesOf(args).flatMap((leaf) => (leaf.kind === 'output' ? [leaf.resource] : []));
  return [...new Set([...(options.dependsOn ?? []), ...used])];
}

/** Returns the paths of all holes with a secret text. */
function secretPaths(value: unknown): Path[] {
  const paths: Path[] = [];
  visitHoles(value, (hole, path) => {
    if (isSecret(hole)) paths.push([...path]);
  });
  return paths;
}

function urnOf({ type, name }: PlannedResource): string {
  return `urn:pulumi:render::railhead::${type}::${name}`;
}
