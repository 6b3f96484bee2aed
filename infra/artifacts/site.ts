import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtFile } from '../common/roots.ts';
import { siteServer } from '../runtimes/static.ts';
import { describeSettings } from './describe.ts';
import { hashTexts } from './hash.ts';
import type { BuildPlan } from './plan.ts';

/** Adds the program that serves the files of a static site to its artifact. */
export function withSiteServer(plan: BuildPlan): BuildPlan {
  const program = builtFile('programs/site/main.js');
  return {
    ...plan,
    prepare: async (cacheFile) => {
      const { hash, inputs, build } = await plan.prepare(cacheFile);
      const server = hashTexts(await readFile(program));
      const settings = [inputs.settings, describeSettings({ server })].filter((text) => text !== '');
      return {
        hash: hashTexts(hash, server),
        inputs: { ...inputs, settings: settings.join('\n') },
        build: async (folder) => {
          await build(folder);
          await copyFile(program, join(folder, siteServer));
        },
      };
    },
  };
}
