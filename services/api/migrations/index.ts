import { createShifts } from './0001-shifts.ts';
import { createOutbox } from './0002-outbox.ts';
import { createNotifications } from './0003-notifications.ts';
import { createReports } from './0004-reports.ts';
import { addShiftVersions } from './0005-shift-versions.ts';

/** A change of the schema. A released migration never changes: a later migration corrects a mistake. */
export interface Migration {
  name: string;
  sql: string;
}

/** In the order in which they are applied. */
export const migrations: Migration[] = [
  { name: '0001-shifts', sql: createShifts },
  { name: '0002-outbox', sql: createOutbox },
  { name: '0003-notifications', sql: createNotifications },
  { name: '0004-reports', sql: createReports },
  { name: '0005-shift-versions', sql: addShiftVersions },
];
