import { correlationHeader } from '../shared/correlation.ts';
import { createTokenSigner } from '../shared/service-token.ts';

const timeout = 5_000;

export interface NewNotification {
  eventId: string;
  kind: string;
  shiftId: string;
  message: string;
}

export interface ApiClient {
  /** Safe to repeat: the api keeps one notification an event. Throws when the api did not take it. */
  saveNotification: (notification: NewNotification, correlationId: string) => Promise<void>;
  /** Throws when the api does not answer. */
  ping: () => Promise<void>;
}

export async function createApiClient(apiUrl: string, signingKey: string): Promise<ApiClient> {
  const token = await createTokenSigner(signingKey, { issuer: 'worker', audience: 'api' });
  return {
    async saveNotification(notification, correlationId) {
      await request('/internal/notifications', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await token()}`,
          'content-type': 'application/json',
          [correlationHeader]: correlationId,
        },
        body: JSON.stringify(notification),
      });
    },
    async ping() {
      await request('/health', {});
    },
  };

  async function request(path: string, init: RequestInit): Promise<void> {
    const response = await fetch(new URL(path, apiUrl), { ...init, signal: AbortSignal.timeout(timeout) });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body.slice(0, 500)}`);
  }
}
