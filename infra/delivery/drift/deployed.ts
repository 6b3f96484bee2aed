import { signature, type Path } from '../../provider/wire.ts';
import { componentOf, isOfStateOnly, nameOf } from '../../targets/shared/data.ts';
import type { DeployedResource } from '../../targets/shared/drift.ts';
import type { ExportedResource } from '../state-resources.ts';

/** Returns the resources of a state that was exported with its secrets. */
export function deployedResources(state: readonly ExportedResource[]): DeployedResource[] {
  return state
    .filter(({ type }) => !isOfStateOnly(type))
    .map(({ urn, type, inputs, id, parent }) => {
      const secrets: Path[] = [];
      return {
        urn,
        type,
        name: nameOf(urn),
        id: typeof id === 'string' ? id : undefined,
        service: typeof parent === 'string' ? componentOf(parent) : undefined,
        inputs: withoutMarks(inputs, [], secrets) as Record<string, unknown>,
        secrets,
      };
    });
}

/** Returns every text that is secret somewhere in a state, long enough that it does not occur by chance. */
export function secretTexts(state: readonly ExportedResource[]): string[] {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= shortest) texts.add(value);
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  const visit = (value: unknown): void => {
    const plain = plaintextOf(value);
    if (plain !== undefined) collect(plain.value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  for (const { inputs, outputs } of state) visit([inputs, outputs]);
  return [...texts];
}

const shortest = 6;

function withoutMarks(value: unknown, path: Path, secrets: Path[]): unknown {
  const plain = plaintextOf(value);
  if (plain !== undefined) {
    secrets.push(path);
    return plain.value;
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutMarks(item, [...path, index], secrets));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__defaults');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutMarks(item, [...path, key], secrets)]));
}

/** Returns the value of a secret, which the engine exports as JSON next to its mark. */
function plaintextOf(value: unknown): { value: unknown } | undefined {
  if (typeof value !== 'object' || value === null || !(signature in value)) return undefined;
  const { plaintext } = value as { plaintext?: unknown };
  return typeof plaintext === 'string' ? { value: JSON.parse(plaintext) as unknown } : undefined;
}
