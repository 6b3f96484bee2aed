/** The exclusion constraint prevents two concurrent requests from booking one employee twice. */
export const createShifts = `
  create extension if not exists btree_gist;

  create table shifts (
    id uuid primary key default gen_random_uuid(),
    employee text not null,
    role text not null,
    start_at timestamptz not null,
    end_at timestamptz not null,
    note text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint shifts_end_after_start check (end_at > start_at),
    constraint shifts_at_most_24_hours check (end_at <= start_at + interval '24 hours'),
    constraint shifts_one_at_a_time exclude using gist (
      lower(employee) with =,
      tstzrange(start_at, end_at) with &&
    )
  );

  create index shifts_by_start on shifts (start_at, id);
`;
