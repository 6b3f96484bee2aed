import * as z from 'zod';
import { fields } from '../fields/fields.ts';

const nameRule = 'the name of a Secret of the namespace, or a map with registry, username and password';
const registryRule = 'a registry, such as ghcr.io or registry.example.com:5000';
const passwordRule = 'a reference to a secret, such as ${{secret.REGISTRY_PASSWORD}}';

const credentials = fields({
  registry: z
    .string(registryRule)
    .regex(/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/, registryRule)
    .describe('Host of the registry.'),
  username: z
    .string('a name')
    .regex(/^[^\s:$]+$/, 'a name without spaces, ":" and "$"')
    .describe('User name. Most registries accept any name with a token.'),
  password: z
    .string(passwordRule)
    .regex(/^\$\{\{\s*secrets?\.[A-Z][A-Z0-9_]*\s*\}\}$/, passwordRule)
    .transform((text) => ({ secret: text.replace(/^.*\.|[\s}]+$/g, '') }))
    .describe('Password or token, as a reference to a secret.'),
});

const name = z.string(nameRule).regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, nameRule);

/** Credentials with which nodes pull private images: names of Secrets in the cluster, or credentials for a new Secret. */
export const imagePullSecrets = z
  .array(z.union([name, credentials], nameRule), 'a list of pull secrets')
  .refine(namesRegistriesOnce, 'must contain each registry only once')
  .default([]);

function namesRegistriesOnce(pullSecrets: (string | z.output<typeof credentials>)[]): boolean {
  const registries = pullSecrets.flatMap((secret) => (typeof secret === 'string' ? [] : secret.registry));
  return new Set(registries).size === registries.length;
}
