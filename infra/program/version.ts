import { createRequire } from 'node:module';
import { builtWith } from '../common/roots.ts';

const requirePackage = createRequire(import.meta.url);

/** By provider. Each resource asks for a version, and a search in node_modules reads files. */
const versions = new Map<string, string>();

/**
 * Returns the version of the official provider of a type or function: that of the installed SDK, or else the one that
 * Railhead was built with. Railhead's own provider has none.
 */
export function versionOf(token: string): { version?: string } {
  const [provider = ''] = token.split(':');
  if (provider === 'railhead') return {};
  const name = `@pulumi/${provider}`;
  const version = versions.get(name) ?? installedVersion(name) ?? builtWith(name);
  versions.set(name, version);
  return { version };
}

function installedVersion(name: string): string | undefined {
  try {
    return (requirePackage(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}
