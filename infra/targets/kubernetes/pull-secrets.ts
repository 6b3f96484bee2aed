import { base64, configSecret, join, jsonText } from '../../plan/hole.ts';
import type { ServiceGraph } from '../../graph/types.ts';
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
) {
  const labels = { 'app.kubernetes.io/part-of': stack, 'app.kubernetes.io/managed-by': 'railhead' };
  const config = jsonText({ auths: authsOf(credentials) });
  return {
    metadata: { name: pullSecretName, namespace, labels },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': config },
  };
}

function authsOf(credentials: Credentials[]) {
  return Object.fromEntries(
    credentials.map(({ registry, username, password: { secret } }) => {
      const password = configSecret(secret);
      const auth = base64(join(`${username}:`, password));
      return [serverOf(registry), { username, password, auth }];
    }),
  );
}

/** Returns the registry's key in Docker's configuration; for Docker's own it is the address of its first version. */
function serverOf(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}
