import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Logger } from '../../shared/logger.ts';
import type { Migration } from './index.ts';

/** An advisory lock id. Nothing else in this database uses it. */
const lockId = 7_203_115;

/**
 * Applies the pending migrations in order, each in its own transaction. Several processes may call it at once: a lock
 * serializes them. Throws if an applied migration has changed or is unknown.
 */
export async function applyMigrations(client: Client, migrations: Migration[], log: Logger): Promise<void> {
  await client.query(`set lock_timeout = '30s'; set statement_timeout = '5min'`);
  // The lock belongs to the connection, so Postgres releases it if the migrating process dies.
  await client.query('select pg_advisory_lock($1)', [lockId]);
  try {
    const applied = await appliedChecksums(client);
    for (const name of applied.keys()) {
      if (!migrations.some((migration) => migration.name === name)) {
        throw new Error(
          `The database has migration ${name}, which this version does not contain. Deploy a version that contains it.`,
        );
      }
    }
    for (const migration of migrations) await applyOnce(client, migration, applied.get(migration.name), log);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockId]);
  }
}

async function appliedChecksums(client: Client): Promise<Map<string, string>> {
  await client.query(`
    create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )
  `);
  const { rows } = await client.query<{ name: string; checksum: string }>('select * from schema_migrations');
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

async function applyOnce(client: Client, migration: Migration, applied: string | undefined, log: Logger) {
  const { name, sql } = migration;
  const checksum = createHash('sha256').update(sql).digest('hex');
  if (applied === checksum) return log.info({ migration: name }, 'migration already applied');
  if (applied !== undefined) {
    throw new Error(
      `Migration ${name} has changed since it was applied. Restore it and make the change in a new migration.`,
    );
  }
  const started = performance.now();
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed and was rolled back.`, { cause: error });
  }
  log.info({ migration: name, ms: Math.round(performance.now() - started) }, 'migration applied');
}
