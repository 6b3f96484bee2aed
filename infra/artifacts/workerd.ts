import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UserError } from '../../tools/user-error.ts';
import { builtWith, packageRoot } from '../common/roots.ts';

/** Returns the path of workerd for this machine. Throws UserError with the command that installs it. */
export function installedWorkerd(root: string): string {
  const { require } = findPackage(root);
  return (require('workerd') as { default: string }).default;
}

/** Finds workerd for Linux on this CPU architecture, for an image. Throws UserError with the command that installs it. */
export function workerdForLinux(root: string): { version: string; path: string } {
  const { require, manifest } = findPackage(root);
  const name = `@cloudflare/workerd-linux-${process.arch === 'arm64' ? 'arm64' : '64'}`;
  // Package managers that do not hoist install it for workerd only.
  const ofWorkerd = createRequire(manifest);
  try {
    const path = ofWorkerd.resolve(`${name}/bin/workerd`);
    return { version: (require('workerd/package.json') as { version: string }).version, path };
  } catch {
    const cpu = process.arch === 'arm64' ? 'arm64' : 'x64';
    throw new UserError(
      `The gateway's image needs ${name}, which npm does not install on this system. Run: npm install --os=linux --cpu=${cpu}`,
    );
  }
}

/** Finds workerd as the project or else Railhead itself resolves it. */
function findPackage(root: string): { require: NodeJS.Require; manifest: string } {
  for (const folder of [root, packageRoot]) {
    const require = createRequire(join(folder, 'package.json'));
    try {
      return { require, manifest: require.resolve('workerd/package.json') };
    } catch {
      // Not installed there.
    }
  }
  throw new UserError(
    `The gateway runs in workerd, which is not installed. Run: npm install --save-dev workerd@${builtWith('workerd')}`,
  );
}
