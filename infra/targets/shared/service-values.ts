import { publicValues } from '../../graph/public-address.ts';
import type { Text } from '../../plan/hole.ts';

/** The values of provided variables by name. */
export type ProvidedValues = Record<string, Text>;

export interface Address {
  host: string;
  port: number;
}

/** The parts from which the variables of a code service are built. A part is undefined if the service does not have it. */
export interface CodeParts {
  host: string;
  port: number | undefined;
  /** The public URL of the service: the gateway's URL if it has a route to the service. */
  publicUrl: string | undefined;
  /** Absolute path of the volume's folder. */
  volume: string | undefined;
  keys: { privateKey: Text; publicKeys: Text } | undefined;
}

export function codeValues({ host, port, publicUrl, volume, keys }: CodeParts): ProvidedValues {
  return {
    ...(port !== undefined && { ...addressValues({ host, port }), URL: urlOf({ host, port }) }),
    ...(publicUrl !== undefined && publicValues(publicUrl)),
    ...(volume !== undefined && { RAILWAY_VOLUME_MOUNT_PATH: volume }),
    ...(keys !== undefined && { IDENTITY_KEY: keys.privateKey, IDENTITY_PUBLIC_KEY: keys.publicKeys }),
  };
}

/** Returns the database name of a stack: it needs no quotes in SQL and no escapes in a URL. */
export function databaseName(stack: string): string {
  return stack.replaceAll('-', '_');
}

export function urlOf(address: Address): string {
  return `http://${domainOf(address)}`;
}

/** Returns the variables that name an address, without the URL. */
export function addressValues({ host, port }: Address): ProvidedValues {
  return { HOST: host, PORT: String(port), PRIVATE_DOMAIN: host, RAILWAY_PRIVATE_DOMAIN: host };
}

function domainOf({ host, port }: Address): string {
  return `${host}:${port}`;
}
