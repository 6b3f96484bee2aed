import { Type } from 'typebox';
import type { Notification } from '../../shared/notification.ts';
import type { Presence } from '../../shared/presence.ts';
import { VersionedShift } from '../../shared/shift.ts';
import { SystemStatus } from '../../shared/status.ts';
import { requestApi } from './request.ts';
import { type NewShift, NotificationPage, ShiftPage } from './schema.ts';

/** The api's URL, and the tokens that authenticate this service. */
export interface ApiAccess {
  /** `http://127.0.0.1:3001` */
  url: string;
  /** Returns a service token. */
  token: () => Promise<string>;
}

/** Client of the api for one request. Every method throws ApiUnavailable or ApiRefusal. */
export interface Api {
  /** Returns all shifts that overlap the time from `from` up to `to`, sorted by start. */
  listShifts(range: { from: string; to: string }): Promise<VersionedShift[]>;
  readShift(id: string): Promise<VersionedShift>;
  createShift(shift: NewShift): Promise<VersionedShift>;
  /** Throws ApiRefusal with status 412 if `version` is not the current version. */
  updateShift(id: string, version: number, shift: NewShift): Promise<VersionedShift>;
  /** Throws as `updateShift` does. */
  deleteShift(id: string, version: number): Promise<void>;
  /** Returns the newest `count` notifications. */
  listNotifications(count: number): Promise<Notification[]>;
  readStatus(): Promise<SystemStatus>;
}

const pageSize = 200;
/** Page limit, so that a huge week is cut off and not read without end. */
const maxPages = 10;

export function createApi({ url: baseUrl, token }: ApiAccess, correlationId: string): Api {
  const call = { correlationId, token };
  const shifts = '/api/v1/shifts';
  const address = (path: string, query: Record<string, string | number> = {}) => {
    const url = new URL(path, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  };
  const one = (id: string) => address(`${shifts}/${encodeURIComponent(id)}`);

  return {
    async listShifts({ from, to }) {
      const found: VersionedShift[] = [];
      for (let page = 1; page <= maxPages; page++) {
        const url = address(shifts, { from, to, page, pageSize });
        const { data, meta } = await requestApi(url, call, ShiftPage);
        found.push(...data);
        if (data.length === 0 || found.length >= meta.total) break;
      }
      return found;
    },
    readShift: (id) => requestApi(one(id), call, VersionedShift),
    createShift: (shift) =>
      requestApi(address(shifts), { method: 'POST', body: shift, ...call }, VersionedShift),
    updateShift: (id, version, shift) =>
      requestApi(one(id), { method: 'PATCH', body: shift, version, ...call }, VersionedShift),
    async deleteShift(id, version) {
      await requestApi(one(id), { method: 'DELETE', version, ...call }, Type.Null());
    },
    async listNotifications(count) {
      const url = address('/api/v1/notifications', { page: 1, pageSize: count });
      return (await requestApi(url, call, NotificationPage)).data;
    },
    readStatus: () => requestApi(address('/api/v1/status'), call, SystemStatus),
  };
}

/** Resolves if the api process responds. Does not check its dependencies. */
export async function pingApi(baseUrl: string, correlationId: string): Promise<void> {
  await requestApi(new URL('/health', baseUrl), { correlationId }, Type.Object({ status: Type.String() }));
}

/** Reports the presence of this replica to the api. */
export async function sendPresence({ url: baseUrl, token }: ApiAccess, presence: Presence): Promise<void> {
  const call = { method: 'PUT', body: presence, correlationId: 'presence', token } as const;
  await requestApi(new URL('/internal/presence', baseUrl), call, Type.Null());
}
