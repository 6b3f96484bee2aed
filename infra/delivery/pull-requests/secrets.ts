import { randomBytes } from 'node:crypto';
import type { KnownSecrets } from '../../common/environment.ts';
import { secretNames } from '../../graph/conditions.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import type { Stack } from '../../stack/schema.ts';
import type { Chosen } from './choose.ts';

/** Where the value of a secret comes from, by its name. */
export type SecretSources = NonNullable<Stack['pullRequests']>['secrets'];

/** Returns the secrets that the chosen services use. Data servers run here, so the addresses of external ones are not among them. */
export function neededSecrets(graph: ServiceGraph, { services }: Chosen): string[] {
  const own = graph.services.filter(({ name, form }) => services.includes(name) && form !== 'external');
  return secretNames({ ...graph, services: own });
}

/** Finds secrets that no environment of a pull request may have, or that the environment to copy them from does not have. */
export function checkSecrets(
  needed: readonly string[],
  allowed: SecretSources,
  from: { name: string; secrets: KnownSecrets },
): Finding[] {
  return needed.flatMap((name): Finding[] => {
    const source = allowed[name];
    if (source === undefined) {
      const message = `gives no secret ${name}, which a service uses; write \`secrets: { ${name}: generate }\`, or \`copy\` for the value that ${from.name} has`;
      return [{ path: ['pullRequests'], ofKey: true, message }];
    }
    if (source === 'generate' || from.secrets.has(name)) return [];
    return [
      { path: ['pullRequests', 'secrets', name], message: `${from.name} has no secret ${name} to copy` },
    ];
  });
}

/** Returns a random value of 192 bits, in characters without a special meaning in URLs and configuration files. */
export function generateSecret(): string {
  return randomBytes(24).toString('base64url');
}
