import { createPublicKey } from 'node:crypto';
import type { Properties } from '../../provider/wire.ts';
import { placeholder } from '../../targets/shared/recorded.ts';
import { standIn, type Secrets } from './secrets.ts';

/** Returns the outputs that a provider adds to a resource; undefined for types whose outputs the program does not use. */
export function providerOutputs(
  { type, name, values }: { type: string; name: string; values: Record<string, unknown> },
  secrets: Secrets,
): Properties | undefined {
  switch (type) {
    case 'railhead:generated:Password': {
      const password = secrets.take(`${name}.password`) ?? standIn;
      return { values: { password }, secrets: [['password']] };
    }
    case 'railhead:generated:KeyPair': {
      const privateKey = secrets.take(`${name}.privateKey`);
      const publicKey = privateKey === undefined ? '' : publicKeyOf(privateKey, name, secrets);
      return { values: { privateKey: privateKey ?? standIn, publicKey }, secrets: [['privateKey']] };
    }
    case 'docker:index/image:Image':
      // The digest is unknown before a push. The tag identifies the image too: it is a hash of all its inputs.
      return { values: { repoDigest: values.imageName }, secrets: [] };
    case 'cloudflare:index/connectivityDirectoryService:ConnectivityDirectoryService':
      return { values: { serviceId: placeholder(name, 'serviceId') }, secrets: [] };
    default:
      return undefined;
  }
}

/** Returns the result of a provider function. Throws if the function is not known here. */
export function functionResult(token: string, secrets: Secrets): Record<string, unknown> {
  if (token.endsWith(':getZeroTrustTunnelCloudflaredToken')) {
    return { token: secrets.take('gateway-tunnel.token') ?? standIn };
  }
  const message = `${token} needs its provider, so it cannot be rendered`;
  // Pulumi's runtime prints `details`, a field of gRPC errors.
  throw Object.assign(new Error(message), { details: message });
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
