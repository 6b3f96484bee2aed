import { declaredDifferences } from './declared-differences.ts';
import { pathOf } from './flatten.ts';
import type { Cause } from './model.ts';
import { openKeysIn } from './secret-parts.ts';
import { placeOf, type Difference, type Sides } from './sides.ts';
import type { Snapshot, VariableSnapshot } from './snapshot.ts';

/**
 * Returns why the value of a variable differs: the first reference path that leads to something that changed. Undefined if
 * the value is the same.
 *
 * @param path path of the variable below its service: `variables.CACHE_URL`
 */
export function traceVariable(sides: Sides, service: string, path: string): Cause | undefined {
  const name = path.replace(/^variables\./, '');
  const of = (side: Snapshot | undefined) => side?.services[service]?.variables[path];
  const own = ['services', service, ...path.split('.')];
  const found = trace(sides, of(sides.before), of(sides.after), own, []);
  if (found === undefined) return undefined;
  const { via, place, secret } = found;
  return secret === undefined
    ? { kind: 'variable', name, via, ...(place && { place }) }
    : { kind: 'secret', name: secret, variables: [name] };
}

interface Found {
  via: string[];
  place?: ReturnType<typeof placeOf>;
  /** The name of a secret with another value. */
  secret?: string;
}

function trace(
  sides: Sides,
  before: VariableSnapshot | undefined,
  after: VariableSnapshot | undefined,
  path: readonly string[],
  via: string[],
): Found | undefined {
  if (before?.text !== after?.text) return { via, place: placeOf(sides, path, after === undefined) };
  for (const key of after?.references ?? []) {
    // Variables in a circle are refused, so this ends.
    const found = traceReference(sides, key, [...via, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function traceReference(sides: Sides, key: string, via: string[]): Found | undefined {
  const [owner = '', name = ''] = key.split('.');
  const { before, after } = sides;
  if (owner === 'secret' || owner === 'pulumi') {
    return before?.fingerprints[key] === after?.fingerprints[key]
      ? undefined
      : { via, secret: owner === 'pulumi' ? key : name };
  }
  if (owner === 'shared') {
    return trace(sides, before?.shared[name], after?.shared[name], ['variables', name], via);
  }
  const declared = `variables.${name}`;
  const [old, now] = [before, after].map((side) => side?.services[owner]?.variables[declared]);
  if (old !== undefined || now !== undefined) {
    return trace(sides, old, now, ['services', owner, 'variables', name], via);
  }
  if (before?.provided[key] === after?.provided[key]) {
    // The value of an external server contains the secret of its address.
    return openKeysIn(after?.provided[key])
      .map((one) => traceReference(sides, one, [...via, one]))
      .find((found) => found !== undefined);
  }
  return { via, place: placeOfProvided(sides, owner, name) };
}

/** Returns the place of the field that changes a provided variable. */
function placeOfProvided(sides: Sides, owner: string, name: string) {
  if (name === 'POOL_SIZE') return placeOfShare(sides, owner);
  const own = declaredDifferences(sides, `services.${owner}.`);
  const [first] = name.startsWith('PUBLIC_')
    ? declaredDifferences(sides, 'gateway.')
    : own.filter(({ key }) => key.endsWith('.port'));
  return placeOfDifference(sides, first ?? own[0]);
}

/** Returns the place of what changes the share of a server's connections: their number, or the replicas that share them. */
function placeOfShare(sides: Sides, owner: string) {
  const changed = declaredDifferences(sides, 'services.');
  return placeOfDifference(
    sides,
    changed.find(({ key }) => key === `services.${owner}.connections`) ??
      changed.find(({ key }) => key.endsWith('.replicas.max')),
  );
}

function placeOfDifference(sides: Sides, difference: Difference | undefined) {
  if (difference === undefined) return undefined;
  return placeOf(sides, pathOf(difference.key), difference.after === undefined);
}
