import type { InjectOptions } from 'fastify';
import type { Static } from 'typebox';
import { startRota } from '../../../tests/rota.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { VersionedShift } from '../../shared/shift.ts';
import type { ShiftPage } from './schema.ts';

export const monday = {
  employee: 'Ada',
  role: 'barista',
  start: '2026-03-02T09:00:00Z',
  end: '2026-03-02T17:00:00Z',
};

/** An api on real servers, and functions that call its shift routes. */
export type ShiftsApi = Awaited<ReturnType<typeof openShifts>>;

export async function openShifts() {
  const rota = await startRota();
  const { app } = await rota.startApi();

  /** Sends a request. The default headers have `If-Match: *`. */
  async function call<Body = VersionedShift>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
    headers: Record<string, string> = { 'if-match': '*' },
  ) {
    const url = `/api/v1/shifts${path}`;
    const response = await app.inject({ method, url, headers, ...(payload && { payload }) });
    const { statusCode: status, body: text } = response;
    const body = text === '' ? {} : response.json<object>();
    const { etag } = response.headers;
    return { status, text, etag, body: body as Body, error: (body as Partial<ErrorBody>).error };
  }

  return {
    call,
    list: async (query = '') => (await call<Static<typeof ShiftPage>>('GET', query)).body,
    inject: (request: InjectOptions) => app.inject(request),
    clear: () => rota.sql('truncate shifts'),
    close: () => rota.close(),
  };
}
