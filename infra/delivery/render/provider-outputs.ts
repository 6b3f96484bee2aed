import { createPublicKey } from 'node:crypto';
import { standIn } from '../../plan/hole.ts';
import type { Secrets } from './secrets.ts';

/** Returns the outputs that a provider adds to a resource, as far as plans use them. */
export function providerOutputs(
  { type, name, values }: { type: string; name: string; values: Record<string, unknown> },
  secrets: Secrets,
): Record<string, unknown> {
  switch (type) {
    case 'railhead:generated:Password':
      return { password: secrets.take(`${name}.password`) ?? standIn };
    case 'railhead:generated:KeyPair': {
      const privateKey = secrets.take(`${name}.privateKey`);
      const publicKey = privateKey === undefined ? '' : publicKeyOf(privateKey, name, secrets);
      return { privateKey: privateKey ?? standIn, publicKey };
    }
    case 'docker:index/image:Image':
      // The digest is unknown before a push. The tag identifies the image too: it is a hash of all its inputs.
      return { repoDigest: values.imageName };
    default:
      return {};
  }
}

/** Returns the result of a provider function. Throws if the function is not known here. */
export function functionResult(token: string, secrets: Secrets): Record<string, unknown> {
  if (token.endsWith(':getZeroTrustTunnelCloudflaredToken')) {
    return { token: secrets.take('gateway-tunnel.token') ?? standIn };
  }
  throw new Error(`${token} needs its provider, so it cannot be rendered`);
}

function publicKeyOf(privateKey: string, name: string, secrets: Secrets): string {
  try {
    return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    // The message of the error may contain the key.
    secrets.refuse(`${name}.privateKey`, 'must be a private key in PEM');
    return '';
  }
}
