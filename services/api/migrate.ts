import { Client } from 'pg';
import { commonVariables, postgresUrl } from '../shared/environment.ts';
import { runProcess } from '../shared/process.ts';
import { applyMigrations } from './migrations/apply.ts';
import { migrations } from './migrations/index.ts';

/**
 * Applies the migrations. Runs before a rollout with the owner's DATABASE_URL: the api's own role cannot change the
 * schema.
 */
await runProcess({ ...commonVariables, DATABASE_URL: postgresUrl }, async ({ DATABASE_URL }, log) => {
  const client = new Client({ connectionString: DATABASE_URL, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await applyMigrations(client, migrations, log);
  } finally {
    await client.end();
  }
});
