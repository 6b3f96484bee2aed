import { join } from 'node:path';
import { capture } from '../../tools/command.ts';
import { findEngine } from '../../tools/engine/engine.ts';
import { pulumiCommand } from '../common/commands.ts';
import type { Check } from '../targets/shared/check.ts';
import { requirePassphrase } from './engine-environment.ts';

/** Checks the tools that every target needs. */
export async function toolChecks(root: string, stack: string): Promise<Check[]> {
  const [dependencies, engine] = await Promise.all([checkDependencies(root), checkEngine(root)]);
  return [checkNode(), dependencies, engine, checkPassphrase(root, stack)];
}

function checkNode(): Check {
  const isRight = Number(process.versions.node.split('.')[0]) >= 24;
  return {
    name: 'Node 24',
    found: `${process.version} (${process.execPath})`,
    ...(!isRight && { mend: 'npm ci' }),
  };
}

async function checkDependencies(root: string): Promise<Check> {
  const { code } = await capture(process.execPath, [join(root, 'tools', 'bootstrap.mjs'), '--check']);
  if (code === 0) return { name: 'Dependencies', found: 'match package-lock.json' };
  return { name: 'Dependencies', found: 'do not match package-lock.json', mend: 'npm ci' };
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
