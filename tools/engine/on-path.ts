import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture } from '../command.ts';
import { isExecutable, pathFolders } from '../executables.ts';
import type { Engine } from './types.ts';
import { pulumiHome } from './home.ts';
import { isUsableVersion } from './version.ts';

/**
 * Returns the first usable CLI on the PATH, or the reason why there is none. Ignores the CLI in the project's
 * PULUMI_HOME.
 */
export async function findOnPath(
  root: string,
  folders: string[] = pathFolders(),
): Promise<{ engine?: Engine; reason: string }> {
  const reasons: string[] = [];
  for (const folder of folders) {
    const executable = join(folder, 'pulumi');
    if (folder.startsWith(pulumiHome(root)) || !isExecutable(executable) || isLauncher(executable)) continue;
    const version = await versionOf(executable);
    if (version === undefined) reasons.push(`${executable} does not run`);
    else if (!isUsableVersion(version)) reasons.push(`${executable} is ${version}, not >= 3.254.0 and < 4`);
    else if (!hasLanguageHost(executable, folders))
      reasons.push(`${executable} has no pulumi-language-nodejs`);
    else return { engine: { executable, version, origin: `on the PATH: ${executable}` }, reason: '' };
  }
  return { reason: reasons.join(', ') || 'no pulumi on the PATH' };
}

/** Returns the version, for example `3.256.0`, or undefined if the file is not a working CLI. */
export async function versionOf(executable: string): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' };
  const { code, stdout } = await capture(executable, ['version'], { env, timeout: 20_000 });
  return code === 0 ? stdout.trim().replace(/^v/, '') : undefined;
}

/** Returns true for npm's `pulumi`, a script that downloads the CLI when it is called. */
function isLauncher(executable: string): boolean {
  return realpathSync(executable).endsWith('.js');
}

function hasLanguageHost(executable: string, folders: string[]): boolean {
  return [dirname(realpathSync(executable)), ...folders].some((folder) =>
    isExecutable(join(folder, 'pulumi-language-nodejs')),
  );
}
