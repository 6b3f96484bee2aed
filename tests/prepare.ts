import { join } from 'node:path';
import { packageRoot } from '../infra/common/roots.ts';
import { ensurePostgres } from '../infra/data/postgres/local/find.ts';
import { ensureRedis } from '../infra/data/redis/local/find.ts';
import { capture } from '../tools/command.ts';
import { ensureEngine } from '../tools/engine/engine.ts';

/** Fetches or builds what several files need, before any of them waits for it. */
export default async function prepare(): Promise<void> {
  const progress = (line: string) => console.error(line);
  const { code, problem } = await capture(process.execPath, [join(packageRoot, 'tools/package/build.mjs')]);
  if (code !== 0) throw new Error(problem);
  await ensureEngine(packageRoot, progress);
  await ensurePostgres('17', progress);
  await ensureRedis('7', progress);
}
