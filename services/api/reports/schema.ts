import { Type } from 'typebox';
import { pageOf } from '../../shared/page.ts';
import { EmployeeHours, Report } from '../../shared/report.ts';

/** `week` is any date in the week of the report. */
export const NewReport = Type.Object(
  { week: Type.String({ format: 'date' }) },
  { additionalProperties: false },
);

/** The client's id for the request: a repeated request with the same id returns the same report. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ format: 'line', maxLength: 200 })),
});

export const ReportId = Type.Object({ id: Type.String({ format: 'uuid' }) });
export const ReportPage = pageOf(Report);
export const ReportResult = Type.Object(
  { employees: Type.Array(EmployeeHours, { maxItems: 5_000 }) },
  { additionalProperties: false },
);
