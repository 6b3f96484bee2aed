import { createHmac } from 'node:crypto';
import type { Input } from '@pulumi/pulumi';
import { all, unsecret, type Output } from '@pulumi/pulumi/output.js';
import { metadata, type Scope } from './scope.ts';

/** Returns the Secret of a service, the only object with its secret values. */
export function secretArgs(scope: Scope, service: string, values: Record<string, Input<string>>) {
  return { metadata: metadata(scope, service), type: 'Opaque', stringData: values };
}

/**
 * Returns a keyed hash of secret values, which is an annotation of the pods: pods are replaced when a value changes.
 * Other users can read the annotation, but cannot test guessed values without the key.
 */
export function revisionOf(key: Input<string>, values: Record<string, Input<string>>): Output<string> {
  const revision = all([key, values]).apply(([secretKey, known]) =>
    createHmac('sha256', secretKey)
      .update(JSON.stringify(Object.entries(known).toSorted()))
      .digest('hex')
      .slice(0, 16),
  );
  return unsecret(revision);
}
