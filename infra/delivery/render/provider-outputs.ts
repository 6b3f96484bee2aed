import { createPublicKey } from 'node:crypto';
import type { Properties } from '../../targets/process/plugin/wire.ts';
import { standIn, type Secrets } from './secrets.ts';

/** What a provider adds to a resource of which somebody uses it; undefined where nothing is needed. */
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
      // The digest is known once the image was pushed; until then the tag, a hash of all that goes in, names it as well.
      return { values: { repoDigest: values.imageName }, secrets: [] };
    case 'cloudflare:index/connectivityDirectoryService:ConnectivityDirectoryService':
      return { values: { serviceId: placeholder(name, 'serviceId') }, secrets: [] };
    default:
      return undefined;
  }
}

/** What a function of a provider returns. Throws where it is not known here. */
export function functionResult(token: string, secrets: Secrets): Record<string, unknown> {
  if (token.endsWith(':getZeroTrustTunnelCloudflaredToken')) {
    return { token: secrets.take('gateway-tunnel.token') ?? standIn };
  }
  const message = `${token} needs its provider, so it cannot be rendered`;
  // What the runtime shows of an error is what gRPC would have sent.
  throw Object.assign(new Error(message), { details: message });
}

/** For what somebody else names once it is made. */
export function placeholder(resource: string, output: string): string {
  return `<${resource}.${output}>`;
}

function publicKeyOf(privateKey: string, name: string, secrets: Secrets): string {
  try {
    return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    // The reason may quote the key.
    secrets.refuse(`${name}.privateKey`, 'must be a private key in PEM');
    return '';
  }
}
