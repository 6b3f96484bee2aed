import { all, output, secret, unsecret, type Output } from '@pulumi/pulumi/output.js';
import type { CustomResource } from '@pulumi/pulumi/resource.js';
import { invokeOutput } from '@pulumi/pulumi/runtime/invoke.js';
import { reportUserErrors } from '../common/report.ts';
import { compute, isKeyedHash, isLeaf, mapHoles, partsOf, valueAt } from '../plan/fill.ts';
import type { Hole, Leaf, Text } from '../plan/hole.ts';
import type { PlannedResource } from '../plan/planned.ts';
import { versionOf } from './version.ts';

/**
 * Returns the function that makes an Output of a text in a plan. Outputs of resources carry their dependencies, and
 * whether they are secret.
 */
export function createFiller(
  made: (resource: PlannedResource) => CustomResource,
  secretOf: (name: string) => Output<string>,
  passedOf: (name: string) => Output<string>,
): (text: Text) => Output<string> {
  const outputs = new Map<Hole, Output<string>>();
  const toOutput = (text: Text): Output<string> => {
    if (typeof text === 'string') return output(text);
    const known = outputs.get(text) ?? create(text);
    outputs.set(text, known);
    return known;
  };
  return toOutput;

  function create({ source }: Hole): Output<string> {
    if (isLeaf(source)) return leafOutput(source);
    const parts = partsOf(source);
    const text = all(parts.map(toOutput)).apply((texts) =>
      reportUserErrors(() => Promise.resolve(compute(source, (part) => texts[parts.indexOf(part)]!))),
    );
    return isKeyedHash(source) ? unsecret(text) : text;
  }

  function leafOutput(leaf: Leaf): Output<string> {
    switch (leaf.kind) {
      case 'secret':
        return secretOf(leaf.name);
      case 'program':
        return passedOf(leaf.name);
      case 'call': {
        const args = mapHoles(leaf.call.args, toOutput) as Record<string, unknown>;
        const result = invokeOutput<Record<string, string>>(
          leaf.call.function,
          args,
          versionOf(leaf.call.function),
        );
        return secret(result.apply((properties) => properties[leaf.property]!));
      }
      case 'output': {
        const value = propertyOf(made(leaf.resource), leaf.property);
        return leaf.secret ? secret(value) : value;
      }
    }
  }
}

/** Returns an output of a resource. `path`: `id`, `password`, `metadata.uid`. */
function propertyOf(resource: CustomResource, path: string): Output<string> {
  const [property = '', ...inner] = path.split('.');
  const whole = Reflect.get(resource, property) as Output<unknown>;
  return whole.apply((value) => valueAt(value, inner) as string);
}
