import { correlationHeader } from '../shared/correlation.ts';
import type { EmployeeHours } from '../shared/report.ts';
import { createTokenSigner } from '../shared/service-token.ts';

const timeout = 5_000;
/** For deletes of many rows, which are the api's longest work. */
const cleanupTimeout = 12_000;

export interface NewNotification {
  eventId: string;
  kind: string;
  shiftId: string;
  message: string;
}

export interface Call {
  correlationId: string;
  /** Ends the call before its own timeout. */
  signal: AbortSignal;
}

/** All that changes something is safe to repeat. Every method throws when the api did not take it. */
export interface ApiClient {
  /** The api keeps one notification an event. */
  saveNotification: (notification: NewNotification, call: Call) => Promise<void>;
  /** The api keeps the first result of a report. */
  completeReport: (id: string, employees: EmployeeHours[], call: Call) => Promise<void>;
  cleanUp: (call: Call) => Promise<void>;
  ping: () => Promise<void>;
}

export async function createApiClient(apiUrl: string, signingKey: string): Promise<ApiClient> {
  const token = await createTokenSigner(signingKey, { issuer: 'worker', audience: 'api' });
  return {
    saveNotification: (notification, call) => send('POST', 'notifications', notification, call),
    completeReport: (id, employees, call) => send('PUT', `reports/${id}`, { employees }, call),
    cleanUp: (call) => send('POST', 'cleanup', undefined, call, cleanupTimeout),
    ping: () => request('/health', {}, timeout),
  };

  async function send(
    method: 'POST' | 'PUT',
    path: string,
    body: object | undefined,
    { correlationId, signal }: Call,
    limit = timeout,
  ): Promise<void> {
    const headers = { authorization: `Bearer ${await token()}`, [correlationHeader]: correlationId };
    const content = body && {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    await request(`/internal/${path}`, { method, headers, signal, ...content }, limit);
  }

  async function request(path: string, init: RequestInit, limit: number): Promise<void> {
    const signals = [AbortSignal.timeout(limit), ...(init.signal ? [init.signal] : [])];
    const response = await fetch(new URL(path, apiUrl), { ...init, signal: AbortSignal.any(signals) });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body.slice(0, 500)}`);
  }
}
