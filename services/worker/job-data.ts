import { UnrecoverableError, type Job } from 'bullmq';
import type { Static, TProperties, TSchema } from 'typebox';
import type { Validator } from 'typebox/compile';

/** Returns the data of a job. Invalid data makes the job fail without further attempts, since it stays invalid. */
export function dataOf<Schema extends TSchema>(
  job: Job<unknown>,
  validator: Validator<TProperties, Schema>,
): Static<Schema> {
  if (validator.Check(job.data)) return job.data;
  const problems = validator
    .Errors(job.data)
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new UnrecoverableError(`The data of job "${job.name}" is not valid: ${problems.join('; ')}`);
}
