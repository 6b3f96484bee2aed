import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Gives `use` an empty folder that only this user can read. The folder is removed afterwards, after a signal too.
 *
 * @param prefix the start of the folder's name: `railhead-plan-`
 */
export async function withTemporaryFolder<T>(
  prefix: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const stop = (signal: NodeJS.Signals) => {
    remove();
    for (const name of signals) process.off(name, stop);
    // Without the listener, the signal ends the process as usual.
    process.kill(process.pid, signal);
  };
  for (const name of signals) process.on(name, stop);
  process.on('exit', remove);
  try {
    return await use(folder);
  } finally {
    for (const name of signals) process.off(name, stop);
    process.off('exit', remove);
    remove();
  }
}
