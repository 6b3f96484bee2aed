import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { capture, withProgress, type Progress } from '../command.ts';
import { pulumiHome } from './home.ts';
import { pinnedVersion } from './version.ts';

// For a slow connection; a host that refuses or does not exist fails at once.
const longestDownload = 5 * 60_000;

/** Downloads the CLI with the official launcher. Returns the folder that contains `bin/pulumi`, or the problem. */
export async function downloadByLauncher(
  root: string,
  progress: Progress,
): Promise<{ folder: string } | { problem: string }> {
  // Into a separate home first: the launcher accepts any existing file as the CLI, even an incomplete download.
  const home = join(pulumiHome(root), `download-${process.pid}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const launcher = createRequire(import.meta.url).resolve('pulumi/run.js');
  const { code, problem } = await withProgress(progress, `Downloading Pulumi ${pinnedVersion}`, () =>
    capture(process.execPath, [launcher, 'version'], {
      env: {
        ...process.env,
        PULUMI_HOME: home,
        PULUMI_VERSION: pinnedVersion,
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        // Without this, Node's fetch ignores HTTPS_PROXY.
        NODE_USE_ENV_PROXY: '1',
      },
      timeout: longestDownload,
    }),
  );
  if (code === 0) return { folder: join(home, 'versions', pinnedVersion) };
  rmSync(home, { recursive: true, force: true });
  return { problem: `the launcher's download failed (${problem.split('\n').at(-1)})` };
}
