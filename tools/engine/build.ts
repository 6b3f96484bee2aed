import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { capture, withProgress, type Progress } from '../command.ts';
import { installOnce, toolCache } from '../tool-cache.ts';
import { Estimate } from './estimate.ts';
import { pinnedVersion } from './version.ts';

const command = 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi';
const versionVariable = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';

/** The folder with go.mod and go.sum. */
const module = join(packageRoot, 'tools/engine');

// Approximate number of packages that Go compiles for the CLI, for the progress.
const packages = 1_700;

/** Returns the path of the CLI that is built from the committed go.mod and go.sum, even if it does not exist yet. */
export function builtEngine(): string {
  return join(toolCache(), buildName(), 'pulumi');
}

export function isBuilt(): boolean {
  return existsSync(builtEngine());
}

/** Builds the CLI from its published Go module into the tool cache. Returns the reason if it fails. */
export async function buildFromModule(progress: Progress): Promise<string | undefined> {
  const { code } = await capture('go', ['version'], { timeout: 30_000 });
  if (code !== 0) return 'no go on the PATH to build it with';
  const label = `Building Pulumi ${pinnedVersion} from its Go module, once on this machine`;
  try {
    await installOnce(buildName(), progress, (folder) =>
      withProgress(progress, label, (setStatus) => build(join(folder, 'pulumi'), setStatus)),
    );
    return undefined;
  } catch (error) {
    return `the build from its Go module failed: ${(error as Error).message}`;
  }
}

async function build(executable: string, setStatus: (status: () => string) => void): Promise<void> {
  setStatus(() => 'usually 3 to 5 minutes on two free cores');
  const compiled = new Estimate(packages);
  const flags = [
    '-mod=readonly',
    '-trimpath',
    '-v',
    '-ldflags',
    `-s -w -X ${versionVariable}=${pinnedVersion}`,
  ];
  const { code, problem } = await capture('go', ['build', ...flags, '-o', executable, command], {
    cwd: module,
    // Without cgo only Go's own compiler is needed. A Go workspace around the project must not change the build.
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
    onLine: (line) => {
      if (line.startsWith('go: downloading')) setStatus(() => 'downloading modules');
      else {
        compiled.step();
        setStatus(() => compiled.describe());
      }
    },
  });
  if (code !== 0) throw new Error(problem);
}

function buildName(): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(module, file)));
  return `pulumi-${pinnedVersion}-${hash.digest('hex').slice(0, 12)}-${process.platform}-${process.arch}`;
}
