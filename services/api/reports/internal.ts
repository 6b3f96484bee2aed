import type { Pool } from 'pg';
import { HttpError } from '../../shared/errors.ts';
import { Report } from '../../shared/report.ts';
import type { Server } from '../../shared/server.ts';
import { ReportId, ReportResult } from './schema.ts';
import { completeReport } from './store.ts';

/** `PUT /reports/:id`: stores the worker's result. The first result stays, so that a job may run twice. */
export function addInternalReportRoutes(app: Server, pool: Pool): void {
  app.put(
    '/reports/:id',
    // About 100 bytes per employee.
    { bodyLimit: 1024 * 1024, schema: { params: ReportId, body: ReportResult, response: { 200: Report } } },
    async (request) => {
      const report = await completeReport(pool, request.params.id, request.body.employees);
      if (!report) throw new HttpError(404, 'not_found', 'There is no report with this id.');
      return report;
    },
  );
}
