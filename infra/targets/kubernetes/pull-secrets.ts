import type { Input } from '@pulumi/pulumi';
import type { ServiceGraph } from '../../graph/types.ts';
import { join } from '../../graph/values.ts';
import type { Scope } from './scope.ts';

type PullSecrets = ServiceGraph['imagePullSecrets'];
type Credentials = Exclude<PullSecrets[number], string>;

/** The name of the Secret with the registry credentials of the stack file. */
export const pullSecretName = 'image-pull';

export function credentialsOf(pullSecrets: PullSecrets): Credentials[] {
  return pullSecrets.filter((secret) => typeof secret !== 'string');
}

/** Returns one Secret for all registries, in the format of `kubectl create secret docker-registry`. */
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

/** Returns the registry's key in Docker's configuration; for Docker's own it is the address of its first version. */
function serverOf(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}
