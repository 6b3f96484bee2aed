import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readSettingsFile } from '../../../common/environment.ts';
import { wholeHashOf } from '../../../plan/hash.ts';
import { unknownValue } from '../../../provider/wire.ts';

const fingerprintsSchema = z.object({
  snapshot: z.object({ fingerprints: z.record(z.string(), z.string()) }),
});

const settings = z.object({ config: z.record(z.string(), z.unknown()).nullish() });

/**
 * Returns a hash of the fingerprints in the record of an update. Before the first update there is no key for fingerprints: the
 * encrypted texts in the settings of the environment take their place. These change with each `config set`, also to the
 * same value.
 */
export function secretsHash(root: string, environment: string, recordInputs: unknown): string {
  const { fingerprints } = fingerprintsSchema.parse(recordInputs).snapshot;
  const isKnown = !Object.values(fingerprints).includes(unknownValue);
  return wholeHashOf(isKnown ? fingerprints : [fingerprints, encryptedConfig(root, environment)]);
}

function encryptedConfig(root: string, environment: string): unknown {
  const file = join(root, `Pulumi.${environment}.yaml`);
  const { config } = existsSync(file) ? settings.parse(readSettingsFile(file)) : {};
  return Object.entries(config ?? {}).filter(([, value]) => typeof value === 'object');
}
