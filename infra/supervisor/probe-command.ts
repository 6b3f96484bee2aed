import { spawnCommand } from './child.ts';
import { signalProcess } from '../common/process-identity.ts';
import type { WorkloadSpec } from './spec.ts';

/** Number of characters of its output that a failed check quotes. */
const quoted = 200;

/**
 * Runs the command of a health check with the folder, the user and the variables of a replica. Resolves with undefined if it
 * ends with exit code 0, otherwise with its result. Never rejects. `timeout` is in milliseconds.
 */
export function probeCommand(
  command: string | string[],
  spec: Pick<WorkloadSpec, 'cwd' | 'user'>,
  env: Record<string, string>,
  timeout: number,
): Promise<string | undefined> {
  const shown = typeof command === 'string' ? command : command.join(' ');
  return new Promise((resolve) => {
    const child = spawnCommand({ ...spec, command }, env, ['pipe', 'pipe']);
    let output = '';
    let isLate = false;
    const end = () => child.pid !== undefined && signalProcess(-child.pid, 'SIGKILL');
    const timer = setTimeout(() => {
      isLate = true;
      end();
    }, timeout);
    const take = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-quoted));
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    const finish = (problem: string | undefined) => {
      clearTimeout(timer);
      end();
      resolve(problem === undefined ? undefined : `${shown}: ${problem}`);
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code) => {
      if (code === 0) return finish(undefined);
      const how = isLate ? `no result within ${timeout / 1000} s` : `exit code ${code}`;
      finish(`${how} ${output.replaceAll(/\s+/g, ' ')}`.trim());
    });
  });
}
