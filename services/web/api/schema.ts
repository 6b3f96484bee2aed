import { Notification } from '../../shared/notification.ts';
import { pageOf } from '../../shared/page.ts';
import { VersionedShift, type Shift } from '../../shared/shift.ts';

export type NewShift = Pick<Shift, 'employee' | 'role' | 'start' | 'end' | 'note'>;

export const ShiftPage = pageOf(VersionedShift);
export const NotificationPage = pageOf(Notification);
