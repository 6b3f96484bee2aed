import { generateKeyPairSync } from 'node:crypto';

/** Creates an Ed25519 key pair in PEM, as Railhead creates one for the gateway and for each service. */
export function createKeys(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
