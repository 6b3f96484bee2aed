import { spawn } from 'node:child_process';
import { UserError } from '../../tools/user-error.ts';
import { prepareCopy } from './copy.ts';
import type { BuildPlan, PreparedBuild, Source } from './plan.ts';

const shownLines = 20;

/** Plans a copy of the source in which the service's `build` command runs. */
export function planCommand(source: Source, command: string): BuildPlan {
  const { service, folder } = source;
  const prepare = async (cacheFile: string): Promise<PreparedBuild> => {
    const copy = await prepareCopy(source, cacheFile, { command });
    const build = async (path: string) => {
      await copy.build(path);
      await runBuild({ service, source: folder, command }, path);
    };
    return { ...copy, build };
  };
  return { service, slow: true, prepare };
}

interface Build {
  service: string;
  /** Absolute folder that the build has a copy of. */
  source: string;
  command: string;
}

/**
 * Runs a build command with only PATH, HOME, LANG and CI in its environment: builds receive no runtime variables or
 * secrets. Throws UserError.
 */
async function runBuild({ service, source, command }: Build, folder: string): Promise<void> {
  const { PATH, HOME, LANG } = process.env;
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder,
    env: { PATH, HOME, LANG, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const collect = (chunk: Buffer) => {
    lines.push(...chunk.toString().split('\n').filter(Boolean));
    lines.splice(0, Math.max(0, lines.length - shownLines));
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw new UserError(
    [
      `The build of ${service} failed with exit code ${code}: ${command}`,
      ...lines.map((line) => `    ${line}`),
      `Next: cd ${JSON.stringify(source)} && ${command}`,
    ].join('\n'),
  );
}
