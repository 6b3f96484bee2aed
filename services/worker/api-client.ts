import { createTokenSigner } from 'railhead/service-token';
import { correlationHeader } from '../shared/correlation.ts';
import type { EmployeeHours } from '../shared/report.ts';

const timeout = 5_000;
/** In milliseconds. Deleting many rows is the api's longest operation. */
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

/** Client of the api. All changes are safe to repeat. Every method throws if the api does not respond with success. */
export interface ApiClient {
  /** The api stores one notification per event. */
  saveNotification: (notification: NewNotification, call: Call) => Promise<void>;
  /** The api stores the first result of a report. */
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
