import { isSecret } from '../../../plan/fill.ts';
import type { Hole, Leaf } from '../../../plan/hole.ts';
import { mapHoles } from '../../../plan/fill.ts';
import { ResourceList } from '../../../plan/resource.ts';
import { valueOf } from '../../../plan/testing/values.ts';
import { planCloudflare } from '../index.ts';
import { exampleOptions } from './options.ts';
import type { CloudflareOptions } from '../options.ts';

export interface Recorded {
  type: string;
  name: string;
  /** A secret has the form `{ secret: value }`. */
  inputs: Record<string, unknown>;
}

/** Plans the example gateway with changes. Returns every resource by `<kind> <name>`, in the order of creation. */
export function record(changes: Partial<CloudflareOptions> = {}): Map<string, Recorded> {
  const { resources, ...options } = exampleOptions({ resources: new ResourceList(), ...changes });
  planCloudflare({ ...options, resources });
  return new Map(
    resources.all.map(({ type, name, args }) => [
      `${kindOf(type)} ${name}`,
      { type, name, inputs: mapHoles(args, readable) as Recorded['inputs'] },
    ]),
  );
}

function readable(hole: Hole): unknown {
  const text = valueOf(hole, textOf);
  return isSecret(hole) ? { secret: text } : text;
}

function textOf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'secret':
    case 'program':
      return leaf.name;
    case 'call':
      return 'a token';
    case 'output': {
      const { type, name } = leaf.resource;
      return leaf.property === 'serviceId' ? `${name}-id` : `${kindOf(type)}-${name}`;
    }
  }
}

const kindOf = (type: string) => type.split(':').at(-1)!;
