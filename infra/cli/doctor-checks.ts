import { join } from 'node:path';
import { capture } from '../../tools/command.ts';
import { findEngine } from '../../tools/engine/engine.ts';
import { npmCommand, pulumiCommand } from '../common/commands.ts';
import { stackFilePath, type Environment } from '../common/environment.ts';
import type { DataType } from '../data/index.ts';
import { loadStack } from '../stack/load.ts';
import { isCode } from '../stack/schema.ts';
import type { Check } from '../targets/shared/preflight.ts';
import { findPostgres } from '../servers/postgres.ts';
import { describeRedis, findRedis } from '../servers/redis.ts';
import { requirePassphrase } from './engine-environment.ts';

/** Checks the tools that every target needs. */
export function toolChecks(root: string, stack: string): (Check | Promise<Check>)[] {
  return [checkNode(), checkDependencies(root), checkEngine(root), checkPassphrase(root, stack)];
}

/** Checks for the Postgres and Redis versions of the stack file, which the target `process` runs on this machine. */
export function processChecks(environment: Environment): Promise<Check>[] {
  const services = Object.values(loadStack(stackFilePath(environment)).stack.services);
  const majorsOf = (kind: DataType) =>
    new Set(
      services.flatMap((service) => (!isCode(service) && service.kind === kind ? [service.version] : [])),
    );
  return [
    ...[...majorsOf('postgres')].map((major) => checkPostgres(major, environment.name)),
    ...[...majorsOf('redis')].map((major) => checkRedis(major, environment.name)),
  ];
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

async function checkPostgres(major: string, stack: string): Promise<Check> {
  const name = `Postgres ${major}`;
  const server = await findPostgres(major);
  if (server) return { name, found: `${server.version}, ${server.origin}` };
  return { name, found: 'not on this machine yet', mend: npmCommand('up', stack) };
}

async function checkRedis(major: string, stack: string): Promise<Check> {
  const name = `Redis ${major}`;
  const server = await findRedis(major);
  if (server) return { name, found: `${describeRedis(server, major)}, ${server.origin}` };
  return { name, found: 'not on this machine yet', mend: npmCommand('up', stack) };
}
