import { DatabaseError } from 'pg';
import { HttpError } from '../../shared/errors.ts';

const answers: Record<string, () => HttpError> = {
  shifts_end_after_start: () => invalidEnd('must be after start'),
  shifts_at_most_24_hours: () => invalidEnd('must be at most 24 hours after start'),
  shifts_one_at_a_time: () =>
    new HttpError(409, 'overlap', 'This employee already has a shift at that time.'),
};

/** Turns the violation of a table constraint into an HttpError; returns other errors unchanged. */
export function explainBrokenRule(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return answers[error.constraint ?? '']?.() ?? error;
}

function invalidEnd(message: string): HttpError {
  return new HttpError(400, 'validation', 'The body is not valid.', [{ path: '/end', message }]);
}
