import type { Pool } from 'pg';
import { ErrorBody, HttpError } from '../../shared/errors.ts';
import { transaction } from '../../shared/postgres.ts';
import { Report } from '../../shared/report.ts';
import type { Server } from '../../shared/server.ts';
import { addEvent } from '../events/outbox.ts';
import { PageQuery } from '../../shared/page.ts';
import { IdempotencyKey, NewReport, ReportPage } from './schema.ts';
import { findByKey, insertReport, listReports } from './store.ts';

/**
 * Adds `/api/v1/reports`. POST responds with 202 and a report that the worker still has to complete, or with 200 and
 * the existing report if its `Idempotency-Key` was used before. Calls `onEvent` after each committed write.
 */
export function addReportRoutes(app: Server, { pool, onEvent }: { pool: Pool; onEvent: () => void }): void {
  const url = '/api/v1/reports';
  const errors = { '4xx': ErrorBody, '5xx': ErrorBody };

  app.get(
    url,
    { schema: { querystring: PageQuery, response: { 200: ReportPage, ...errors } } },
    async (request) => {
      const { page, pageSize } = request.query;
      const { reports, total } = await listReports(pool, request.query);
      return { data: reports, meta: { page, pageSize, total } };
    },
  );

  app.post(
    url,
    {
      schema: { body: NewReport, headers: IdempotencyKey, response: { 200: Report, 202: Report, ...errors } },
    },
    async (request, reply) => {
      const { created, report } = await requestReport(
        request.body.week,
        request.headers['idempotency-key'],
        request.id,
      );
      if (created) onEvent();
      return reply.code(created ? 202 : 200).send(report);
    },
  );

  /** Inserts the report and its event in one transaction: neither can exist without the other. */
  function requestReport(day: string, key: string | undefined, correlationId: string) {
    return transaction(pool, async (client) => {
      const report = await insertReport(client, day, key);
      if (report) {
        const { id, week } = report;
        await addEvent(client, { kind: 'report.requested', report: { id, week }, correlationId });
        return { created: true, report };
      }
      const existing = await findByKey(client, day, key);
      if (!existing.sameWeek) {
        throw new HttpError(422, 'key_reused', 'This Idempotency-Key was used for another week.');
      }
      return { created: false, report: existing.report };
    });
  }
}
