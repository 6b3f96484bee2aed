import { createHash } from 'node:crypto';
import { copyFile, chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UserError } from '../../tools/user-error.ts';
import { planBundle, planWorker } from './bundle.ts';
import type { Packages } from './packages.ts';
import type { BuildPlan } from './plan.ts';

/** Release keys of railhead's programs. They are reserved, so no service can have these names. */
export const gatewayArtifact = 'gateway';
export const balancerArtifact = 'balancer';

/** Plans the balancer in front of the replicas of a service, for targets without one. */
export function planBalancer(root: string, packages: Packages): BuildPlan {
  return planBundle(
    balancerArtifact,
    root,
    join(root, 'infra/targets/docker/balancer'),
    ['main.ts'],
    packages,
  );
}

/** Plans the gateway's program: `worker.js`, `main.js` that runs it, and `workerd` for Linux on this CPU architecture. */
export function planGatewayProgram(root: string, packages: Packages): BuildPlan {
  const worker = planWorker(gatewayArtifact, root, packages);
  const runner = planBundle(gatewayArtifact, root, join(root, 'infra/gateway'), ['main.ts'], packages);
  return {
    service: gatewayArtifact,
    slow: false,
    prepare: async (cacheFile) => {
      const parts = await Promise.all([
        worker.prepare(cacheFile),
        runner.prepare(cacheFile.replace(gatewayArtifact, `${gatewayArtifact}-runner`)),
      ]);
      const { version, path } = findWorkerd(root);
      const hash = createHash('sha256').update([...parts.map((part) => part.hash), version].join('\0'));
      return {
        hash: hash.digest('hex').slice(0, 16),
        build: async (folder) => {
          for (const part of parts) await part.build(folder);
          await copyFile(path, join(folder, 'workerd'));
          await chmod(join(folder, 'workerd'), 0o755);
        },
      };
    },
  };
}

/** Finds workerd for Linux, which npm does not install on other systems. Throws UserError. */
function findWorkerd(root: string): { version: string; path: string } {
  const require = createRequire(join(root, 'package.json'));
  const processor = process.arch === 'arm64' ? 'arm64' : '64';
  const name = `@cloudflare/workerd-linux-${processor}`;
  try {
    const path = require.resolve(`${name}/bin/workerd`);
    const { version } = require(`${name}/package.json`) as { version: string };
    return { version, path };
  } catch {
    const cpu = process.arch === 'arm64' ? 'arm64' : 'x64';
    throw new UserError(
      `The gateway's image needs ${name}, which npm does not install on this system. Run: npm ci --os=linux --cpu=${cpu}`,
    );
  }
}
