import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packageRoot } from '../infra/common/roots.ts';

export interface LogLine {
  level: string;
  msg: string;
  correlationId?: string;
  service: string;
  replica: string;
}

/** Starts `node services/<entry>`, with only PATH and `variables` in its environment. */
export function startProcess(entry: string, variables: Record<string, string>) {
  const child = spawn(process.execPath, [`services/${entry}`], {
    cwd: packageRoot,
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const log: LogLine[] = [];
  createInterface(child.stdout).on('line', (line) => log.push(JSON.parse(line) as LogLine));
  const exited = once(child, 'close').then(([code]) => {
    process.off('exit', endWithUs);
    return code as number | null;
  });
  return { log, exited, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}
