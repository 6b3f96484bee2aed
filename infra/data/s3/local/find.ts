import { join } from 'node:path';
import { capture, withProgress, type Progress } from '../../../../tools/command.ts';
import { pathFolders, resolveExecutable } from '../../../../tools/executables.ts';
import { installOnce, toolCache } from '../../../../tools/tool-cache.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { findServer } from '../../local/find.ts';
import { releases } from '../server.ts';

/** A Versity S3 Gateway that is installed on this machine. */
export interface S3Server {
  /** Absolute path of `versitygw`. */
  executable: string;
  /** For example `1.8.0`. */
  version: string;
  /** Where the server was found, for messages. */
  origin: string;
}

const goModule = 'github.com/versity/versitygw';

/** Returns an installed server of the major version; undefined if there is none. */
export function findS3(major: string): Promise<S3Server | undefined> {
  return findServer(candidates(major), inspect, major);
}

/** Returns a server of the major version; builds it from its Go module if there is none. Throws UserError if that fails. */
export async function ensureS3(major: string, progress: Progress): Promise<S3Server> {
  const found = await findS3(major);
  if (found) return found;
  const problem = await buildS3(major, progress);
  const built = await findS3(major);
  if (built) return built;
  throw new UserError(
    [
      `The S3 server, versitygw ${major}, is not on the PATH and could not be built.`,
      `  ${problem ?? 'The program that was built does not run on this machine.'}`,
      'Install Go or versitygw, or choose the target docker.',
    ].join('\n'),
  );
}

interface Candidate {
  folder: string;
  origin: string;
}

function candidates(major: string): Candidate[] {
  return [
    ...pathFolders().map((folder) => ({ folder, origin: 'on the PATH' })),
    { folder: join(toolCache(), folderOf(major)), origin: `Go module ${moduleOf(major)}` },
  ];
}

async function inspect({ folder, origin }: Candidate): Promise<S3Server | undefined> {
  const executable = resolveExecutable(folder, 'versitygw');
  if (executable === undefined) return undefined;
  const { stdout } = await capture(executable, ['--version'], { timeout: 10_000 });
  const version = /Version\s*:\s*v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  return version === undefined ? undefined : { executable, version, origin };
}

/** Builds the server into the tool cache. Go checks the integrity of its modules. Returns the reason if that fails. */
async function buildS3(major: string, progress: Progress): Promise<string | undefined> {
  const { code } = await capture('go', ['version'], { timeout: 30_000 });
  if (code !== 0) return 'Go, which builds it from its published module, is not on the PATH.';
  const label = `Building an S3 server (Go module ${moduleOf(major)}), once on this machine`;
  const flags = ['-trimpath', '-ldflags', `-s -w -X main.Version=v${releases[major]}`];
  try {
    await installOnce(folderOf(major), progress, (folder) =>
      withProgress(progress, label, async () => {
        const { code, problem } = await capture(
          'go',
          ['install', ...flags, `${goModule}/cmd/versitygw@v${releases[major]}`],
          {
            cwd: folder,
            // Without cgo only Go's own compiler is needed.
            env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0', GOWORK: 'off' },
          },
        );
        if (code !== 0) throw new Error(problem);
      }),
    );
    return undefined;
  } catch (error) {
    return `Go could not build ${moduleOf(major)}: ${(error as Error).message}`;
  }
}

function folderOf(major: string): string {
  return `versitygw-${releases[major]}-${process.platform}-${process.arch}`;
}

function moduleOf(major: string): string {
  return `${goModule}@v${releases[major]}`;
}
