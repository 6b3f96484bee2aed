import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { codeOf } from './error-code.ts';
import { UserError } from './user-error.ts';
import { withProgress, type Progress } from './command.ts';

/**
 * Returns the absolute path of the tools that all clones on this machine share: the built Pulumi CLI, Postgres,
 * Redis.
 */
export function toolCache(env: NodeJS.ProcessEnv = process.env, isRoot = runsAsRoot()): string {
  if (env['RAILHEAD_CACHE_DIR']) return env['RAILHEAD_CACHE_DIR'];
  // Postgres refuses to run as root, and the user it runs as cannot access /root.
  if (isRoot) return '/var/cache/railhead';
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'railhead');
}

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Returns the folder `<cache>/<name>`, and calls `install` to fill it if it does not exist yet. The folder appears
 * complete or not at all, even if two clones install at once or one is interrupted. Throws UserError if the cache is
 * not writable.
 */
export async function installOnce(
  name: string,
  progress: Progress,
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(toolCache(), name);
  if (existsSync(folder)) return folder;
  prepareCache();
  await otherInstallation(name, progress);
  const unfinished = join(toolCache(), `.${name}.${process.pid}`);
  try {
    if (existsSync(folder)) return folder;
    mkdirSync(unfinished);
    await install(unfinished);
    shareWithOtherUsers(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process has installed the same tool meanwhile: its copy is used.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Waits while another process runs the same installation, and deletes the files of processes that have died. */
async function otherInstallation(name: string, progress: Progress): Promise<void> {
  for (const entry of readdirSync(toolCache()).filter((entry) => entry.startsWith(`.${name}.`))) {
    const pid = Number(entry.slice(name.length + 2));
    const unfinished = join(toolCache(), entry);
    if (isAlive(pid)) {
      await withProgress(progress, `Waiting for process ${pid}, which installs ${name}`, async () => {
        while (isAlive(pid) && existsSync(unfinished)) await setTimeout(500);
      });
    }
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function prepareCache(): void {
  const cache = toolCache();
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
  } catch (error) {
    throw new UserError(
      `Cannot write to the tool cache ${cache}: ${(error as Error).message}. Name another folder in RAILHEAD_CACHE_DIR.`,
    );
  }
  // Postgres runs from this folder as another user.
  if (runsAsRoot()) chmodSync(cache, statSync(cache).mode | 0o055);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}

/** Returns true if every user may traverse the folder and all its parents. */
export function openToOthers(folder: string): boolean {
  const passable = (statSync(folder).mode & 0o001) !== 0;
  return passable && (dirname(folder) === folder || openToOthers(dirname(folder)));
}

/** Lets other users read and execute the installed files, but not write them, regardless of the umask. */
function shareWithOtherUsers(path: string): void {
  chmodSync(path, 0o755);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) shareWithOtherUsers(child);
    else if (entry.isFile()) chmodSync(child, statSync(child).mode & 0o100 ? 0o755 : 0o644);
  }
}
