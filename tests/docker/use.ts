import assert from 'node:assert/strict';
import { eventually } from '../../tools/testing/eventually.ts';
import { newShift, postShift, type Notification } from '../live/rota.ts';

/**
 * Checks that the page loads, that the api stores a shift of this employee, and that the worker sends its
 * notification.
 */
export async function useRota(url: string, employee: string): Promise<void> {
  assert.match(await (await fetch(url)).text(), /<html/i);
  const { id } = await postShift(url, newShift({ employee }));
  const isExpected = ({ shiftId, message }: Notification) => shiftId === id && message.includes(employee);
  await eventually(async () => (await notifications(url)).some(isExpected));
}

export async function isRemembered(url: string, employee: string): Promise<boolean> {
  return (await notifications(url)).some(({ message }) => message.includes(employee));
}

async function notifications(url: string): Promise<Notification[]> {
  const { data } = (await (await fetch(new URL('/api/v1/notifications', url))).json()) as {
    data: Notification[];
  };
  return data;
}
