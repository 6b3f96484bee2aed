import { DatabaseError } from 'pg';
import { HttpError } from '../../shared/errors.ts';

/** Turns a broken constraint of the table into an answer; other errors stay as they are. */
export function explainBrokenRule(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  switch (error.constraint) {
    case 'shifts_end_after_start':
      return invalidEnd('must be after start');
    case 'shifts_at_most_24_hours':
      return invalidEnd('must be at most 24 hours after start');
    case 'shifts_one_at_a_time':
      return new HttpError(409, 'overlap', 'This employee already has a shift at that time.');
    default:
      return error;
  }
}

function invalidEnd(message: string): HttpError {
  return new HttpError(400, 'validation', 'The body is not valid.', [{ path: '/end', message }]);
}
