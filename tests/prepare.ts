import { packageRoot } from '../infra/common/roots.ts';
import { ensurePostgres } from '../infra/data/postgres/local/find.ts';
import { ensureRedis } from '../infra/data/redis/local/find.ts';
import { ensureEngine } from '../tools/engine/engine.ts';

/** Fetches or builds what several files need, before any of them waits for it. */
export default async function prepare(): Promise<void> {
  const progress = (line: string) => console.error(line);
  await ensureEngine(packageRoot, progress);
  await ensurePostgres('17', progress);
  await ensureRedis('7', progress);
}
