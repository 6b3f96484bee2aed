import { publicValues } from '../../graph/public-address.ts';
import type { Text } from '../../plan/hole.ts';
import { portVariable, type NamedPort } from '../../stack/ports.ts';

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
  ports: NamedPort[];
  /** The public URL of the service: the gateway's URL if it has a route to the service. */
  publicUrl: string | undefined;
  /** Absolute path of the volume's folder. */
  volume: string | undefined;
  /** Absolute paths of further volumes and of bind mounts, by variable. */
  volumes: Record<string, string>;
  keys: { privateKey: Text; publicKeys: Text } | undefined;
}

export function codeValues({
  host,
  port,
  ports,
  publicUrl,
  volume,
  volumes,
  keys,
}: CodeParts): ProvidedValues {
  return {
    ...(port !== undefined && { ...addressValues({ host, port }), URL: urlOf({ host, port }) }),
    ...Object.fromEntries(ports.flatMap((named) => portValues(host, named))),
    ...(publicUrl !== undefined && publicValues(publicUrl)),
    ...(volume !== undefined && { RAILWAY_VOLUME_MOUNT_PATH: volume }),
    ...volumes,
    ...(keys !== undefined && { IDENTITY_KEY: keys.privateKey, IDENTITY_PUBLIC_KEY: keys.publicKeys }),
  };
}

function portValues(host: string, { name, port, protocol, variable }: NamedPort): [string, string][] {
  return [
    [variable, String(port)],
    [portVariable(name, 'ADDRESS'), domainOf({ host, port })],
    ...(protocol === 'http' ? [[portVariable(name, 'URL'), urlOf({ host, port })] as [string, string]] : []),
  ];
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
