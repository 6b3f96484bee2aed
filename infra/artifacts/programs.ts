import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { builtFile } from '../common/roots.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { describeSettings } from './describe.ts';
import { hashTexts } from './hash.ts';
import type { BuildPlan } from './plan.ts';
import type { ProgramName } from './types.ts';
import { workerdForLinux } from './workerd.ts';

/** Release keys of railhead's programs. They are reserved, so no service can have these names. */
export const gatewayArtifact = 'gateway';
export const balancerArtifact = 'balancer';

/**
 * Plans the balancer in front of the replicas of a service, for targets without one, and the programs that measure a canary on
 * targets with a balancer. They are one artifact, so that each target can run the release of another.
 */
export function planBalancer(): BuildPlan {
  const files = ['main.js', 'meter.js', 'judge.js'].map((file) => `programs/balancer/${file}`);
  return planProgram(balancerArtifact, files);
}

/** Returns whether a target runs the artifact of the balancer for a graph: for every graph, or to measure its canaries. */
export function needsBalancer(
  { services }: Pick<ServiceGraph, 'services'>,
  containers: readonly ProgramName[] | undefined,
): boolean {
  if (containers?.includes('meter') !== true) return containers?.includes('balancer') === true;
  return services.some(({ form, config }) => form === 'code' && config.rollout?.analysis !== undefined);
}

/** Plans the gateway's Worker, which is the same file for workerd and for Cloudflare. */
export function planWorker(): BuildPlan {
  return planProgram(gatewayArtifact, [worker]);
}

/** Plans the gateway's program: `worker.js`, `main.js` that runs it, and `workerd` for Linux on this CPU architecture. */
export function planGatewayProgram(root: string): BuildPlan {
  const { service, slow, prepare } = planProgram(gatewayArtifact, [worker, 'programs/gateway/main.js']);
  return {
    service,
    slow,
    prepare: async (cacheFile) => {
      const program = await prepare(cacheFile);
      const { version, path } = workerdForLinux(root);
      return {
        hash: hashTexts(program.hash, version),
        inputs: { ...program.inputs, settings: describeSettings({ workerd: version }) },
        build: async (folder) => {
          await program.build(folder);
          await copyFile(path, join(folder, 'workerd'));
          await chmod(join(folder, 'workerd'), 0o755);
        },
      };
    },
  };
}

/** Returns whether the gateway of a graph runs in a container. Otherwise only its Worker is an artifact. */
export function gatewayIsImage(
  { gateway }: Pick<ServiceGraph, 'gateway'>,
  containers: readonly ProgramName[] | undefined,
): boolean {
  return gateway?.provider === 'workerd' && containers?.includes('gateway') === true;
}

const worker = 'programs/gateway/worker.js';

/** Plans an artifact of built files of Railhead. Their contents are its inputs. */
function planProgram(service: string, files: string[]): BuildPlan {
  return {
    service,
    slow: false,
    prepare: async () => {
      const contents = await Promise.all(files.map((file) => readFile(builtFile(file), 'utf8')));
      const hashes = files.map((file, index) => [file, hashTexts(contents[index] ?? '')] as const);
      return {
        hash: hashTexts(...contents),
        inputs: { folder: '', files: Object.fromEntries(hashes), packages: {}, settings: '' },
        build: async (folder) => {
          await mkdir(folder, { recursive: true });
          for (const [index, file] of files.entries())
            await writeFile(join(folder, basename(file)), contents[index] ?? '');
          // Node needs this file to load the program as an ES module, wherever the folder is copied to.
          await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
        },
      };
    },
  };
}
