import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { capture, withProgress, type Progress } from '../command.ts';
import { pulumiHome } from './home.ts';
import { pinnedVersion } from './version.ts';

// A refused or unknown host fails at once; this bounds a slow one.
const longestDownload = 5 * 60_000;

/** Lets the official launcher fetch the CLI. Gives the folder with `bin/pulumi` in it, or what went wrong. */
export async function downloadByLauncher(
  root: string,
  progress: Progress,
): Promise<{ folder: string } | { problem: string }> {
  // Into a home of its own first: the launcher takes whatever lies in its place, a half download too.
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
        // Node's fetch heeds HTTPS_PROXY only when told.
        NODE_USE_ENV_PROXY: '1',
      },
      timeout: longestDownload,
    }),
  );
  if (code === 0) return { folder: join(home, 'versions', pinnedVersion) };
  rmSync(home, { recursive: true, force: true });
  return { problem: `the launcher's download failed (${problem.split('\n').at(-1)})` };
}
