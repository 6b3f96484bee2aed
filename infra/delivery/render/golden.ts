/**
 * Compares or updates the golden files in `stacks/golden`: the rendered output of every environment, and of every
 * example on each target that has files to render.
 *
 * `node infra/delivery/render/golden.ts [--update]`
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { environmentNames, readEnvironment } from '../../common/environment.ts';
import { packageRoot } from '../../common/roots.ts';
import { buildGraph } from '../../graph/graph.ts';
import { loadStack } from '../../stack/load.ts';
import { UserError } from '../../../tools/user-error.ts';
import { chooseTarget, standardTargets } from '../../targets/index.ts';
import type { Target } from '../../targets/shared/target.ts';
import { readPlainConfig, type Config } from '../plain-config.ts';
import { recordResources } from './record.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { noSecrets } from './secrets.ts';

export interface GoldenCase {
  /** `rota-prod`: its folder in `stacks/golden`. */
  name: string;
  environment: string;
  target: string;
  config: Config;
}

const folder = join(packageRoot, 'stacks/golden');

export async function goldenCases(): Promise<GoldenCase[]> {
  const targets = (await standardTargets()).filter((target) => target.render !== undefined);
  const environments = environmentNames().flatMap((environment): GoldenCase[] => {
    const { stackFile, target } = readEnvironment(environment);
    if (!targets.some(({ name }) => name === target)) return [];
    const stack = basename(stackFile).split('.')[0] ?? '';
    return [{ name: `${stack}-${environment}`, environment, target, config: readPlainConfig(environment) }];
  });
  const examples = readdirSync(join(packageRoot, 'stacks/examples'))
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) =>
      targets.flatMap((target) => (supports(target, file) ? exampleCase(file, target) : [])),
    );
  return [...environments, ...examples];
}

/** Returns the case of an example stack, in an environment with the name of the target. */
function exampleCase(file: string, { name: target }: Target): GoldenCase {
  const config = { 'railhead:stackFile': `stacks/examples/${file}`, 'railhead:target': target };
  return { name: `${basename(file, '.yaml')}-${target}`, environment: target, target, config };
}

/** Returns whether the target supports an example. One needs Python, for example, which the default images do not have. */
function supports(target: Target, file: string): boolean {
  const stack = loadStack(join(packageRoot, 'stacks/examples', file));
  try {
    buildGraph(stack, target.name, { target });
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

export function recordCase({ environment, config }: GoldenCase): Promise<RecordedResource[]> {
  return recordResources(environment, config, noSecrets, () => undefined);
}

/** Renders the files of a case, without the hashes that change with every edit of a service's code. */
export async function renderCase(golden: GoldenCase): Promise<Map<string, string>> {
  const target = await chooseTarget({ name: golden.environment, target: golden.target });
  const files = (await target.render?.(await recordCase(golden), false, join(folder, golden.name))) ?? [];
  return new Map([...files].map(([name, text]) => [name, withoutHashes(text)]));
}

/** Reads the committed files of a case. */
export function readCase({ name }: GoldenCase): Map<string, string> {
  const path = join(folder, name);
  const entries = existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)))
    .toSorted();
  return new Map(names.map((file) => [file, readFileSync(join(path, file), 'utf8')]));
}

function withoutHashes(text: string): string {
  // Hashes that YAML would read as a number are quoted.
  const whole = /"[0-9a-f]{16}"|\b[0-9a-f]{16}\b/g;
  return text.replace(whole, '<hash>').replace(/(-(?:predeploy|once)-)[0-9a-f]{10}\b/g, '$1<hash>');
}

async function update(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const golden of await goldenCases()) {
    const files = await renderCase(golden);
    mkdirSync(join(folder, golden.name), { recursive: true });
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, golden.name, file)), { recursive: true });
      writeFileSync(join(folder, golden.name, file), text);
    }
    console.log(`${golden.name}: ${files.size} files`);
  }
}

async function compare(): Promise<void> {
  for (const golden of await goldenCases()) {
    const [kept, now] = [readCase(golden), await renderCase(golden)];
    const different = [...new Set([...kept.keys(), ...now.keys()])].filter(
      (file) => kept.get(file) !== now.get(file),
    );
    for (const file of different)
      console.log(`stacks/golden/${golden.name}/${file} differs from what is rendered now`);
    if (different.length > 0) process.exitCode = 1;
  }
}

if (import.meta.main) await (process.argv.includes('--update') ? update() : compare());
