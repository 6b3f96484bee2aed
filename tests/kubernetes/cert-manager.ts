import { globSync } from 'node:fs';
import { join } from 'node:path';
import { addDefinitions } from './custom-resources.ts';

/** Folder with the definitions of cert-manager, `*.yaml`. */
const folder = process.env.RAILHEAD_CERT_MANAGER ?? '';
const definitions = join(folder, '*.yaml');

/** Returns the reason why a test that needs the definitions of cert-manager cannot run. */
export function lacksCertManager(): string | undefined {
  if (folder === '') return 'there are no definitions of cert-manager: set RAILHEAD_CERT_MANAGER';
  return globSync(definitions).length > 0 ? undefined : `RAILHEAD_CERT_MANAGER has no ${definitions}`;
}

/** Adds the definitions of cert-manager to the cluster. Returns a function that deletes those that it did not have. */
export function addCertManager(): Promise<() => Promise<void>> {
  return addDefinitions(definitions);
}
