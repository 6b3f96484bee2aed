import { generateKeyPairSync } from 'node:crypto';
import { placeSchema, type Kind, type Place } from '../kind.ts';

type KeyPairOutputs = { privateKey: string; publicKey: string };

/** An Ed25519 key pair as PEM (PKCS #8, SPKI). It exists in Pulumi's state only. */
export const keyPair: Kind<Place, KeyPairOutputs> = {
  inputs: placeSchema,
  outputs: ['privateKey', 'publicKey'],
  secretOutputs: ['privateKey'],
  replaceOn: [],
  ignored: ['root'],
  create: () => Promise.resolve(generate()),
  update: (_inputs, _step, outputs) => Promise.resolve(outputs),
  delete: () => Promise.resolve(),
};

function generate(): KeyPairOutputs {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
