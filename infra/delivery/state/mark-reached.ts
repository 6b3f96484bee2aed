import { unknownMigrations } from '../../changes/migrations.ts';
import type { ServiceChange } from '../../changes/model.ts';

/** Returns what a preview says of the services that an update has reached since the record of the last one. */
export function reachedNotes(services: readonly string[]): string[] {
  if (services.length === 0) return [];
  const names = services.map((name) => `\`${name}\``).join(', ');
  return [
    `A failed update, or one with \`--target\`, has changed these services since the last record: ${names}. The former values below are those of the record. Which migrations are pending is not known.`,
  ];
}

/** The record does not tell which migrations were applied since. */
export function withoutGuess(change: ServiceChange, reached: readonly string[]): ServiceChange {
  const { service, migrations } = change;
  if (migrations === undefined || !reached.includes(service)) return change;
  return { ...change, migrations: unknownMigrations(migrations.command) };
}
