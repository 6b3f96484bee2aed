import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { builtFile } from '../common/roots.ts';

export const supervisorLog = (folder: string) => join(folder, 'supervisor.log');

/**
 * Starts a supervisor that outlives this process, in its own session. If the folder already has a supervisor, the new
 * one ends immediately. It inherits only the variables that it needs, since the processes of a workload must not
 * inherit others by accident.
 */
export function startSupervisor(folder: string): void {
  const output = openSync(supervisorLog(folder), 'a', 0o600);
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const env = Object.fromEntries(
    Object.entries({ PATH, HOME, TMPDIR, NODE_COMPILE_CACHE }).filter(([, value]) => value !== undefined),
  );
  const child = spawn(process.execPath, [builtFile('supervisor.js'), folder], {
    cwd: '/',
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  child.on('error', () => {}); // A caller that waits for the status of the supervisor reports the failure.
  child.unref();
  closeSync(output);
}
