/** Holds events until the relay has published them. An event is inserted in the same transaction as its write. */
export const createOutbox = `
  create table outbox (
    sequence bigint generated always as identity primary key,
    event_id uuid not null unique default gen_random_uuid(),
    kind text not null,
    shift_id uuid not null,
    shift jsonb not null,
    correlation_id text not null,
    created_at timestamptz not null default now(),
    published_at timestamptz
  );

  create index outbox_unpublished on outbox (shift_id, sequence) where published_at is null;
  create index outbox_published on outbox (published_at);
`;
