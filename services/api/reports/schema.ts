import { Type } from 'typebox';
import { pageOf } from '../../shared/page.ts';
import { EmployeeHours, Report } from '../../shared/report.ts';

/** Any day of the week that the report is about. */
export const NewReport = Type.Object(
  { week: Type.String({ format: 'date' }) },
  { additionalProperties: false },
);

/** The caller's name for the request: sent again under the same one, it is the same report. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ format: 'line', maxLength: 200 })),
});

export const ReportId = Type.Object({ id: Type.String({ format: 'uuid' }) });
export const ReportPage = pageOf(Report);
export const ReportResult = Type.Object(
  { employees: Type.Array(EmployeeHours, { maxItems: 5_000 }) },
  { additionalProperties: false },
);
