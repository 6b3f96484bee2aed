import { metadata, type Scope } from './scope.ts';

/** Returns the service account of a service. It gets no token, since no service uses the API server. */
export function serviceAccountArgs(scope: Scope, service: string) {
  return { metadata: metadata(scope, service), automountServiceAccountToken: false };
}
