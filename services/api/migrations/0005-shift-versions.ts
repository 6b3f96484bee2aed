/**
 * A trigger increments the version, so that writes of replicas of the previous version count too during the rollout.
 */
export const addShiftVersions = `
  alter table shifts add column version integer not null default 1;

  create function next_version() returns trigger language plpgsql as $$
  begin
    new.version := old.version + 1;
    return new;
  end
  $$;

  create trigger shifts_next_version before update on shifts for each row execute function next_version();
`;
