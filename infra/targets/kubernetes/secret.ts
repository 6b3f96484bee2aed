import { createHmac } from 'node:crypto';
import type { Input } from '@pulumi/pulumi';
import { all, unsecret, type Output } from '@pulumi/pulumi/output.js';
import { metadata, type Scope } from './scope.ts';

/** The only place of a service's secret values. */
export function secretArgs(scope: Scope, service: string, values: Record<string, Input<string>>) {
  return { metadata: metadata(scope, service), type: 'Opaque', stringData: values };
}

/**
 * Changes with the values, so that pods which have read the old ones are replaced. It stands where everybody may read
 * it, and tells nothing to whom the key is not known.
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
