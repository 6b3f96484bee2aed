import type { Input } from '@pulumi/pulumi';
import type { ServiceGraph } from '../../graph/types.ts';
import { join } from '../../graph/values.ts';
import type { Scope } from './scope.ts';

type PullSecrets = ServiceGraph['imagePullSecrets'];
type Credentials = Exclude<PullSecrets[number], string>;

/** Name of the Secret that is made of the stack file's credentials. */
export const pullSecretName = 'image-pull';

export function credentialsOf(pullSecrets: PullSecrets): Credentials[] {
  return pullSecrets.filter((secret) => typeof secret !== 'string');
}

/** One Secret for all registries, as `kubectl create secret docker-registry` would make it. */
export function pullSecretArgs(
  { stack, namespace }: Pick<Scope, 'stack' | 'namespace'>,
  credentials: Credentials[],
  secretOf: (name: string) => Input<string>,
) {
  const labels = { 'app.kubernetes.io/part-of': stack, 'app.kubernetes.io/managed-by': 'railhead' };
  const config = join(
    credentials.map(({ password }) => secretOf(password.secret)),
    (passwords) => JSON.stringify({ auths: authsOf(credentials, passwords) }),
  );
  return {
    metadata: { name: pullSecretName, namespace, labels },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': config },
  };
}

function authsOf(credentials: Credentials[], passwords: string[]) {
  return Object.fromEntries(
    credentials.map(({ registry, username }, index) => {
      const password = passwords[index] ?? '';
      const auth = Buffer.from(`${username}:${password}`).toString('base64');
      return [serverOf(registry), { username, password, auth }];
    }),
  );
}

/** Docker's own registry is known by the address of its first version. */
function serverOf(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}
