/** The unique `event_id` makes the worker's write safe to repeat. */
export const createNotifications = `
  create table notifications (
    id uuid primary key default gen_random_uuid(),
    event_id text not null unique,
    kind text not null,
    shift_id uuid not null,
    message text not null,
    created_at timestamptz not null default now()
  );

  create index notifications_newest_first on notifications (created_at desc, id desc);
`;
