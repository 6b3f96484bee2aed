import { Compile } from 'typebox/compile';
import { TickJob } from '../shared/jobs.ts';
import type { ApiClient } from './api-client.ts';
import type { Handle } from './consumer.ts';
import { dataOf } from './job-data.ts';

const tickJob = Compile(TickJob);

/** Handles the daily cleanup job. The api decides which rows to delete, since it owns the tables. */
export function handleCleanup(api: ApiClient): Handle {
  return async (job, signal) => {
    const { correlationId } = dataOf(job, tickJob);
    await api.cleanUp({ correlationId, signal });
    return {};
  };
}
