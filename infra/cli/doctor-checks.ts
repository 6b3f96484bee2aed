import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../../tools/command.ts';
import { findEngine } from '../../tools/engine/engine.ts';
import { pulumiCommand } from '../common/commands.ts';
import { packageRoot } from '../common/roots.ts';
import type { Check } from '../targets/shared/check.ts';
import { requirePassphrase } from './engine-environment.ts';

/** Exists in a clone, which updates its own node_modules; a package has no such file. */
const bootstrap = join(packageRoot, 'tools', 'bootstrap.mjs');

/** Checks the tools that every target needs. */
export async function toolChecks(root: string, stack: string): Promise<Check[]> {
  const [dependencies, engine] = await Promise.all([checkDependencies(), checkEngine(root)]);
  return [
    // The launcher does not start Railhead with another version.
    { name: 'Node', found: `${process.version} (${process.execPath})` },
    ...dependencies,
    engine,
    checkPassphrase(root, stack),
  ];
}

async function checkDependencies(): Promise<Check[]> {
  if (!existsSync(bootstrap)) return [];
  const name = 'Dependencies';
  const { code } = await capture(process.execPath, [bootstrap, '--check']);
  if (code === 0) return [{ name, found: 'match package-lock.json' }];
  return [{ name, found: 'do not match package-lock.json', mend: 'npm ci' }];
}

async function checkEngine(root: string): Promise<Check> {
  const engine = await findEngine(root);
  if (engine) return { name: 'Pulumi CLI', found: `${engine.version}, ${engine.origin}` };
  const go = await capture('go', ['version']);
  const found =
    go.code === 0
      ? `not installed yet; if the download fails, ${go.stdout.trim()} builds it`
      : 'not installed yet; if the download fails, building it needs Go, which is not on the PATH';
  return { name: 'Pulumi CLI', found, mend: pulumiCommand(undefined, 'version') };
}

function checkPassphrase(root: string, stack: string): Check {
  try {
    requirePassphrase(root, stack);
    return { name: 'Secrets', found: `${stack} has a passphrase or a secrets provider` };
  } catch (error) {
    return {
      name: 'Secrets',
      found: (error as Error).message,
      mend: 'export PULUMI_CONFIG_PASSPHRASE_FILE=…',
    };
  }
}
