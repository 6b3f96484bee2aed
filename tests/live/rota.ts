export interface Shift {
  id: string;
  employee: string;
  role: string;
  start: string;
  end: string;
}

export interface Notification {
  shiftId: string;
  message: string;
}

/** Returns a shift today from 09:00 to 17:00 UTC, with changes. */
export function newShift(changes: Partial<Shift>): Omit<Shift, 'id'> {
  const today = new Date().toISOString().slice(0, 10);
  return {
    employee: 'Somebody',
    role: 'barista',
    start: `${today}T09:00:00Z`,
    end: `${today}T17:00:00Z`,
    ...changes,
  };
}

/** Posts a shift through the gateway. */
export async function postShift(url: string, shift: Omit<Shift, 'id'>): Promise<Shift> {
  const response = await fetch(new URL('/api/v1/shifts', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(shift),
  });
  if (response.status !== 201) throw new Error(`POST answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Shift;
}
