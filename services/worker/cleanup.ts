import { Compile } from 'typebox/compile';
import { TickJob } from '../shared/jobs.ts';
import type { ApiClient } from './api-client.ts';
import type { Handle } from './consumer.ts';
import { dataOf } from './job-data.ts';

const tickJob = Compile(TickJob);

/** Once a day. What is too old is the api's to say, which owns the tables. */
export function handleCleanup(api: ApiClient): Handle {
  return async (job, signal) => {
    const { correlationId } = dataOf(job, tickJob);
    await api.cleanUp({ correlationId, signal });
    return {};
  };
}
