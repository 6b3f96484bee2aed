import { metadata, type Scope } from './scope.ts';

/** The identity of a service in the cluster. It gets no token: no service speaks with the API server. */
export function serviceAccountArgs(scope: Scope, service: string) {
  return { metadata: metadata(scope, service), automountServiceAccountToken: false };
}
