import type { RecordedResource } from '../../shared/recorded.ts';
import type { Violation } from '../../shared/violation.ts';

/** Checks that secret values are only in Secret objects, not in an environment, argument, ConfigMap or annotation. */
export function secretsInSecrets(resources: RecordedResource[]): Violation[] {
  return resources
    .filter(({ type }) => type.startsWith('kubernetes:') && type !== 'kubernetes:core/v1:Secret')
    .flatMap(({ type, name, secrets }) =>
      secrets.map((path) => ({
        object: `${type.split(':').at(-1)}/${name}`,
        problem: `${path.join('.')} contains a secret`,
      })),
    );
}
