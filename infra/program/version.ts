import { createRequire } from 'node:module';

const requirePackage = createRequire(import.meta.url);

/**
 * Returns the version of the official provider of a type or function, which is that of its SDK. Railhead's own provider
 * has none.
 */
export function versionOf(token: string): { version?: string } {
  const [provider = ''] = token.split(':');
  if (provider === 'railhead') return {};
  const { version } = requirePackage(`@pulumi/${provider}/package.json`) as { version: string };
  return { version };
}
