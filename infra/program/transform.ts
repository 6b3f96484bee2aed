import { UserError } from '../../tools/user-error.ts';
import { mapHoles } from '../plan/fill.ts';
import type { ChangeArgs } from '../plan/resource.ts';
import { suggest } from '../stack/nearest.ts';
import { standardTargets } from '../targets/index.ts';
import type { Target } from '../targets/shared/target.ts';
import type { TransformedObject } from '../targets/transform.ts';
import type { Program } from './options.ts';

type Change = (args: Record<string, unknown>, object: TransformedObject) => unknown;

/**
 * Returns the function that applies a `transform` to the resources of a plan. Kinds of other targets have no effect, since
 * all environments share a program. Throws UserError if a kind does not exist on any target.
 */
export async function createTransform(
  { options: { transform = {} }, passed }: Program,
  { objects = {} }: Pick<Target, 'objects'>,
): Promise<ChangeArgs> {
  const wanted = Object.entries(transform);
  // `knownKinds` loads the code of all targets.
  const known = wanted.length === 0 ? [] : await knownKinds(objects);
  const changes = new Map<string, { kind: string; change: Change }>();
  for (const [kind, change] of wanted) {
    if (!known.includes(kind)) {
      throw new UserError(
        `deploy({ transform }): there is no kind of object ${JSON.stringify(kind)}; ${suggest(kind, known)}`,
      );
    }
    const type = objects[kind];
    if (type !== undefined) changes.set(type, { kind, change: change as Change });
  }
  return ({ component, type, name, args }) => {
    const found = changes.get(type);
    if (found === undefined) return args;
    const copy = mapHoles(args, (hole) => hole) as Record<string, unknown>;
    const changed = found.change(copy, { service: component, name });
    if (isPlain(changed)) return passed.withHoles(changed) as Record<string, unknown>;
    throw new UserError(
      `deploy({ transform: { ${found.kind} } }) returned ${describe(changed)} for ${JSON.stringify(name)}; it must return the arguments of the object.`,
    );
  };
}

async function knownKinds(own: Readonly<Record<string, string>>): Promise<string[]> {
  const targets = await standardTargets();
  return [...new Set([own, ...targets.map(({ objects = {} }) => objects)].flatMap(Object.keys))];
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function describe(value: unknown): string {
  if (value instanceof Promise) return 'a Promise';
  return value === undefined || value === null ? String(value) : `a ${typeof value}`;
}
