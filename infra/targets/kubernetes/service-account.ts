import { metadata, type Scope } from './scope.ts';
import type { WithSettings } from './settings.ts';

/**
 * Returns the service account of a service. It gets no token, since no service uses the API server. If the account has the
 * annotations of a cloud identity, the webhook of the cloud mounts another token.
 */
export function serviceAccountArgs(scope: Scope, service: string, { kubernetes }: WithSettings = {}) {
  const annotations = kubernetes?.serviceAccount?.annotations;
  return {
    metadata: { ...metadata(scope, service), ...(annotations !== undefined && { annotations }) },
    automountServiceAccountToken: false,
  };
}
