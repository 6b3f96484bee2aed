/**
 * The program of one supervisor: `node main.ts <folder>`. The folder holds spec.json. The program ends immediately if
 * another supervisor holds the lock of the folder.
 */
import { argv, exit } from 'node:process';
import { readSpec, readStatus } from './files.ts';
import { takeLock } from './lock.ts';
import { watchNeighbours } from './neighbours.ts';
import { Supervisor } from './supervisor.ts';

await run(argv[2] ?? '');

async function run(folder: string): Promise<void> {
  process.umask(0o077);
  let supervisor: Supervisor | undefined;
  const stop = Promise.withResolvers<void>();
  // Handlers come before the lock, which makes the pid known to other processes: a signal without a handler ends this
  // process.
  process.on('SIGHUP', () => supervisor?.reload());
  process.on('SIGUSR2', () => supervisor?.tick());
  process.on('SIGTERM', stop.resolve);
  process.on('SIGINT', stop.resolve);

  const release = await takeLock(folder);
  if (!release) exit(0);
  const spec = readSpec(folder);
  if (spec) {
    supervisor = new Supervisor(folder, spec, readStatus(folder));
    const leave = watchNeighbours(folder);
    await stop.promise;
    leave();
    await supervisor.stop();
  }
  release();
  exit(0);
}
