import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { registryProgram, startRegistry } from '../../infra/store/testing/registry.ts';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import type { ReleaseTarget } from './target.ts';

const program = await registryProgram();
const noEngine = await lacksEngine();

/** Declares a test of releases with images, unless it cannot run on this target or machine. */
export function testReleases({ lack }: ReleaseTarget, name: string, body: (t: TestContext) => unknown): void {
  unless(noEngine ?? lack ?? program.lack).test(name, body);
}

/** Starts a registry that a target can use, until the test has finished. Returns its host, and the name of a new stack. */
export async function openRegistry(t: TestContext, target: ReleaseTarget) {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-releases-'));
  const { host, stop } = await startRegistry(program.path, folder);
  t.onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });
  t.onTestFinished(await target.admit(host));
  return { host, stack: `shop-${randomBytes(3).toString('hex')}` };
}

/** What a test does not commit: the files of Railhead in a clone, and the cache that kubectl has without a home folder. */
export const ignored = ['.kube', '.railhead', 'infra', 'tools', 'dist', 'node_modules', 'package.json'];

/** Returns the text of a settings file of Pulumi with these settings of Railhead. */
export function settingsOf(keys: Record<string, unknown>): string {
  const entries = Object.entries(keys).map(([key, value]) => [`railhead:${key}`, value] as const);
  return JSON.stringify({ config: Object.fromEntries(entries) });
}
