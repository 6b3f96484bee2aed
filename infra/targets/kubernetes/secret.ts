import { hashText, type Text } from '../../plan/hole.ts';
import { metadata, type Scope } from './scope.ts';

/** Returns the Secret of a service, the only object with its secret values. */
export function secretArgs(scope: Scope, service: string, values: Record<string, Text>) {
  return { metadata: metadata(scope, service), type: 'Opaque', stringData: values };
}

/**
 * Returns a keyed hash of secret values, which is an annotation of the pods: pods are replaced when a value changes.
 * Other users can read the annotation, but cannot test guessed values without the key.
 */
export function revisionOf(key: Text, values: Record<string, Text>): Text {
  return hashText(Object.entries(values).toSorted(byName), key);
}

function byName([one]: [string, Text], [other]: [string, Text]): number {
  return one < other ? -1 : 1;
}
