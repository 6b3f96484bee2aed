import { Client } from 'pg';
import { createKeys } from '../tests/keys.ts';
import { migrate } from '../tests/rota.ts';
import { startPostgres, startRedis } from '../tests/servers.ts';
import { startProgram, type Program } from './program.ts';

export interface BenchRota {
  api: Program;
  redisUrl: string;
  databaseUrl: string;
  /** Key of Rota's worker and of its gateway. */
  privateKey: string;
  /** Runs SQL as the owner of the database. */
  sql: (text: string) => Promise<{ rows: { count: number }[] }>;
  close: () => Promise<void>;
}

/** Starts Rota's api as the process target does, with its own data servers. */
export async function startRota(): Promise<BenchRota> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const { ownerUrl, appUrl } = await postgres.createDatabase();
  await migrate(ownerUrl);
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const { privateKey, publicKey } = createKeys();
  const variables = {
    DATABASE_URL: appUrl,
    REDIS_URL: redis.url,
    WORKER_PUBLIC_KEY: publicKey,
    WEB_PUBLIC_KEY: publicKey,
    GATEWAY_PUBLIC_KEYS: publicKey,
  };
  const api = await startProgram('services/api/main.ts', variables, '/health/ready');
  return {
    api,
    redisUrl: redis.url,
    databaseUrl: appUrl,
    privateKey,
    sql: (text) => owner.query<{ count: number }>(text),
    async close() {
      await api.stop();
      await owner.end();
      await Promise.all([postgres.close(), redis.close()]);
    },
  };
}
