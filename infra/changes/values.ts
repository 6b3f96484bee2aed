import type { ValueChange } from './model.ts';
import { coverSecrets } from './covered.ts';
import { openKeysIn, secretsIn } from './secret-parts.ts';
import { keysOf, serviceSides, type Sides } from './sides.ts';
import type { Snapshot, VariableSnapshot } from './snapshot.ts';

/** Returns the variables of a service whose values differ, or whose secrets do. */
export function valueChanges(sides: Sides, service: string): ValueChange[] {
  const { before, after } = serviceSides(sides, service);
  return keysOf(before?.variables, after?.variables).flatMap((path): ValueChange[] => {
    const [old, now] = [before?.variables[path], after?.variables[path]];
    const secret = secretChange(sides, old, now);
    if (old?.value === now?.value && (secret === undefined || secret === 'same')) return [];
    const declared = { service, field: path, before: old?.value, after: now?.value };
    const { shown } = coverSecrets(sides, declared);
    return [{ name: path.replace(/^variables\./, ''), ...shown, ...(secret && { secret }) }];
  });
}

function isSecret(variable: VariableSnapshot | undefined): boolean {
  return secretsIn(variable?.value).length > 0;
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
  if (secretsIn(old?.value).join() !== secretsIn(now?.value).join()) return 'changed';
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
