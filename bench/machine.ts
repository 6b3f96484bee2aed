import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { pinnedVersion } from '../tools/engine/version.ts';

/** Describes the machine of the measurement, one line each for hardware, versions and date. */
export function describeMachine(): string[] {
  const [{ model } = { model: 'unknown processor' }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg().map((value) => value.toFixed(1));
  return [
    `- Machine: ${cpus().length} × ${model}, ${memory} GiB, ${type()} ${release()}`,
    `- Versions: Node ${process.version}, Pulumi ${pinnedVersion}, commit ${commit()}`,
    `- Date: ${new Date().toISOString().slice(0, 16)}Z; load before (1, 5, 15 minutes): ${load.join(', ')}`,
  ];
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' });
  try {
    const isDirty = git('status', '--porcelain').trim() !== '';
    return `${git('rev-parse', '--short', 'HEAD').trim()}${isDirty ? ' with changes' : ''}`;
  } catch {
    // Git is not installed, or this is not a work tree.
    return 'unknown';
  }
}
