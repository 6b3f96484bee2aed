import type { ValueChange } from './model.ts';
import { openKeysIn } from './shown.ts';
import { keysOf, type ServiceSides, type Sides } from './sides.ts';
import type { Snapshot, VariableSnapshot } from './snapshot.ts';

/** Returns the variables of a service whose values differ, or whose secrets do. */
export function valueChanges(sides: Sides, { before, after }: ServiceSides): ValueChange[] {
  return keysOf(before?.variables, after?.variables).flatMap((path): ValueChange[] => {
    const [old, now] = [before?.variables[path], after?.variables[path]];
    const secret = secretChange(sides, old, now);
    if (old?.value === now?.value && (secret === undefined || secret === 'same')) return [];
    const isHidden = secret !== undefined && secretsOf(old).join() !== secretsOf(now).join();
    return [
      {
        name: path.replace(/^variables\./, ''),
        ...(old && { before: isHidden ? withoutLiterals(old.value) : old.value }),
        ...(now && { after: isHidden ? withoutLiterals(now.value) : now.value }),
        ...(secret && { secret }),
      },
    ];
  });
}

/** Matches a reference to a secret, or the name of a secret output. `shown.ts` writes both. */
const secretPart = /\$\{\{(?:secret|pulumi)\.\w+\}\}|<[^<>]+>/g;

/**
 * Returns a value with its secret parts only. If the secrets in a value are others than before, a literal on one side can be the
 * secret of the other side.
 */
function withoutLiterals(value: string): string {
  return value.match(secretPart)?.join(' (hidden) ') ?? '(hidden)';
}

function secretsOf(variable: VariableSnapshot | undefined): string[] {
  return variable?.value.match(secretPart) ?? [];
}

function isSecret(variable: VariableSnapshot | undefined): boolean {
  return secretsOf(variable).length > 0;
}

function secretChange(
  { before, after }: Sides,
  old: VariableSnapshot | undefined,
  now: VariableSnapshot | undefined,
): ValueChange['secret'] {
  const [was, is] = [isSecret(old), isSecret(now)];
  if (!was && !is) return undefined;
  if (!was) return 'added';
  if (!is) return 'removed';
  const [one, other] = [fingerprintsOf(before, old), fingerprintsOf(after, now)];
  if (one.length === 0 && other.length === 0) return 'same';
  if (one.includes(undefined) || other.includes(undefined)) return 'unknown';
  return one.join() === other.join() ? 'same' : 'changed';
}

/** Returns the fingerprints of the secrets in a value; undefined for one that is not known. */
function fingerprintsOf(
  side: Snapshot | undefined,
  variable: VariableSnapshot | undefined,
): (string | undefined)[] {
  return openKeysIn(variable?.value).map((key) => side?.fingerprints[key]);
}
