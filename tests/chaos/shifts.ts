import { eventually } from '../../tools/testing/eventually.ts';
import { newShift } from '../live/rota.ts';
import { startLoad, type LoadResult } from './load.ts';
import type { System } from './system.ts';

/** Longest wait for the last notification, in milliseconds. Long enough for several rounds of the reconciler. */
const PATIENCE = 180_000;

export interface Writes {
  /** Ids of the shifts whose write was acknowledged. */
  acknowledged: string[];
  /** Resolves once `count` writes are acknowledged. */
  reach: (count: number) => Promise<void>;
  stop: () => Promise<LoadResult>;
}

/** Posts `rate` shifts per second through the gateway, each for another employee, so that none overlaps. */
export function startWrites(system: System, label: string, rate: number): Writes {
  const acknowledged: string[] = [];
  const load = startLoad({
    url: system.url,
    rate,
    request: (index) => ({ method: 'POST', path: '/api/v1/shifts', body: shiftOf(`${label} ${index}`) }),
    onAnswer: (body) => acknowledged.push((JSON.parse(body) as { id: string }).id),
  });
  const reach = async (count: number) => {
    await eventually(() => acknowledged.length >= count, PATIENCE + (count / rate) * 1000);
  };
  return { acknowledged, reach, stop: load.stop };
}

export function shiftOf(employee: string) {
  return newShift({ employee, start: '2031-03-03T09:00:00Z', end: '2031-03-03T17:00:00Z' });
}

/** Returns the number of acknowledged writes that are missing in the database. */
export async function countLost(system: System, acknowledged: string[]): Promise<number> {
  const [row] = await system.sql<{ lost: number }>(
    `select count(*)::int as lost from unnest($1::uuid[]) id where not exists (select from shifts where shifts.id = id)`,
    [acknowledged],
  );
  return row?.lost ?? acknowledged.length;
}

/** Waits for the notifications of the shifts. Returns the number of shifts with none, and with more than one. */
export async function countNotifications(
  system: System,
  acknowledged: string[],
): Promise<{ lost: number; doubled: number }> {
  const count = async () => {
    const [row] = await system.sql<{ lost: number; doubled: number }>(
      `select count(*) filter (where number = 0)::int as lost, count(*) filter (where number > 1)::int as doubled
       from (select count(notifications.id) as number from unnest($1::uuid[]) wanted
             left join notifications on shift_id = wanted and kind = 'shift.created' group by wanted) each`,
      [acknowledged],
    );
    return row ?? { lost: acknowledged.length, doubled: 0 };
  };
  // Missing notifications are a result, not an error.
  await eventually(async () => (await count()).lost === 0, PATIENCE).catch(() => {});
  return count();
}
