import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Secrets } from './secrets.ts';

/** Returns generated secrets, like those of railhead's provider, and their values by name, to apply rendered output. */
export function generateSecrets(given: Record<string, string> = {}): {
  secrets: Secrets;
  values: Map<string, string>;
} {
  const values = new Map(Object.entries(given));
  const take = (name: string) => {
    const value =
      values.get(name) ?? (name.endsWith('.privateKey') ? privateKey() : randomBytes(24).toString('hex'));
    values.set(name, value);
    return value;
  };
  return { secrets: { given: true, take, refuse: () => undefined, check: () => undefined }, values };
}

function privateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
