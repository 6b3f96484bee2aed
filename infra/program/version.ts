import { createRequire } from 'node:module';
import { packageFile } from '../common/roots.ts';

const requirePackage = createRequire(import.meta.url);

/**
 * Returns the version of the official provider of a type or function: that of the installed SDK, or else the one that
 * Railhead was built with. Railhead's own provider has none.
 */
export function versionOf(token: string): { version?: string } {
  const [provider = ''] = token.split(':');
  if (provider === 'railhead') return {};
  return { version: installedVersion(`@pulumi/${provider}`) ?? builtWith(`@pulumi/${provider}`) };
}

function installedVersion(name: string): string | undefined {
  try {
    return (requirePackage(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** Returns the version of a package that Railhead was built and tested with. */
export function builtWith(name: string): string {
  const { devDependencies } = JSON.parse(packageFile('package.json')) as {
    devDependencies: Record<string, string>;
  };
  const version = devDependencies[name];
  if (version === undefined) throw new Error(`${name} is not a devDependency of Railhead`);
  return version;
}
