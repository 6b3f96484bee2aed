/**
 * Lets an event in the outbox refer to a shift or to a report. Only adds columns and relaxes constraints, since
 * replicas of the previous version still write during the rollout.
 */
export const createReports = `
  create table reports (
    id uuid primary key default gen_random_uuid(),
    idempotency_key text unique,
    week date not null,
    employees jsonb,
    created_at timestamptz not null default now(),
    completed_at timestamptz,
    constraint reports_week_is_a_monday check (extract(isodow from week) = 1),
    constraint reports_complete_with_rows check ((employees is null) = (completed_at is null))
  );

  create index reports_newest_first on reports (created_at desc, id desc);

  alter table outbox
    alter column shift_id drop not null,
    alter column shift drop not null,
    add column report_id uuid references reports on delete cascade,
    add constraint outbox_one_subject check (num_nonnulls(shift_id, report_id) = 1);
`;
