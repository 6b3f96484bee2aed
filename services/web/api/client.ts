import { Type } from 'typebox';
import type { Notification } from '../../shared/notification.ts';
import type { Presence } from '../../shared/presence.ts';
import { VersionedShift } from '../../shared/shift.ts';
import { SystemStatus } from '../../shared/status.ts';
import { requestApi } from './request.ts';
import { type NewShift, NotificationPage, ShiftPage } from './schema.ts';

/** Where the api is, and what proves to it who asks. */
export interface ApiAccess {
  /** `http://127.0.0.1:3001` */
  url: string;
  /** Makes a service token. */
  token: () => Promise<string>;
}

/** The api on behalf of one request. Every method throws ApiUnavailable or ApiRefusal. */
export interface Api {
  /** All shifts that touch the time from `from` up to `to`, in order of their start. */
  listShifts(range: { from: string; to: string }): Promise<VersionedShift[]>;
  readShift(id: string): Promise<VersionedShift>;
  createShift(shift: NewShift): Promise<VersionedShift>;
  /** A refusal with 412: `version` is no longer the newest. */
  updateShift(id: string, version: number, shift: NewShift): Promise<VersionedShift>;
  /** As for `updateShift`. */
  deleteShift(id: string, version: number): Promise<void>;
  /** The newest `count`. */
  listNotifications(count: number): Promise<Notification[]>;
  readStatus(): Promise<SystemStatus>;
}

const pageSize = 200;
/** A week of more shifts than this is cut off rather than read without end. */
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

/** Resolves when the api process answers. */
export async function pingApi(baseUrl: string, correlationId: string): Promise<void> {
  await requestApi(new URL('/health', baseUrl), { correlationId }, Type.Object({ status: Type.String() }));
}

/** Tells the api of this replica. */
export async function sendPresence({ url: baseUrl, token }: ApiAccess, presence: Presence): Promise<void> {
  const call = { method: 'PUT', body: presence, correlationId: 'presence', token } as const;
  await requestApi(new URL('/internal/presence', baseUrl), call, Type.Null());
}
