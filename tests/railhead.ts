import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { environment, type TestSystem } from '../infra/targets/testing/system.ts';

/** Milliseconds after which a command is killed. */
const patience = 600_000;

/** Runs a command of the CLI in the clone of a test system, as a user would. */
export function railhead({ root }: TestSystem, command: string) {
  const script = join(root, 'dist/railhead.js');
  const child = spawn(process.execPath, [script, command, '-s', environment], {
    cwd: root,
    env: { ...process.env, PULUMI_CONFIG_PASSPHRASE: 'test' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience,
  });
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { ended, isRunning: () => child.exitCode === null && child.signalCode === null };
}
