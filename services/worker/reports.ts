import type { Pool } from 'pg';
import { Compile } from 'typebox/compile';
import { ReportJob } from '../shared/jobs.ts';
import type { EmployeeHours } from '../shared/report.ts';
import { queryAbortable } from './abortable-query.ts';
import type { ApiClient } from './api-client.ts';
import type { Handle } from './consumer.ts';
import { dataOf } from './job-data.ts';

const reportJob = Compile(ReportJob);

/** Handles report jobs: computes the hours of a week and sends them to the api, which stores the first result. */
export function handleReports(pool: Pool, api: ApiClient): Handle {
  return async (job, signal) => {
    const { report, correlationId } = dataOf(job, reportJob);
    const employees = await hoursOf(pool, report.week, signal);
    await api.completeReport(report.id, employees, { correlationId, signal });
    return { employees: employees.length };
  };
}

/**
 * Returns the hours of each employee, sorted by name. `monday` is a UTC date such as `2026-11-16`. Rejects on abort.
 */
export function hoursOf(pool: Pool, monday: string, signal: AbortSignal): Promise<EmployeeHours[]> {
  return queryAbortable<EmployeeHours>(
    pool,
    `with week as (select $1::timestamptz as begin, $1::timestamptz + interval '7 days' as "end")
     select min(employee) as employee, count(*)::int as shifts, round(
       sum(extract(epoch from least(end_at, week."end") - greatest(start_at, week.begin))) / 3600, 2
     )::float8 as hours
     from shifts, week
     where end_at > week.begin and start_at < week."end"
     group by lower(employee) order by lower(employee)`,
    [`${monday}T00:00:00Z`],
    signal,
  );
}
