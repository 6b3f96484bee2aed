import * as z from 'zod';
import { compareTexts } from '../common/compare-texts.ts';
import { fields, oneOf, port } from '../fields/fields.ts';
import { partName, toVariablePart } from './names.ts';

/** Names of the port of every service, and those that would provide a variable that already exists, such as PUBLIC_URL. */
const reserved = ['main', 'service', 'figures', 'public'];

/** As Kubernetes allows it. */
const portName = partName('port', 15).refine(
  (name) => !reserved.includes(name),
  `must be another name: ${reserved.join(', ')} are reserved`,
);

/** A bound for what is generated. A mail server has nine ports. */
const most = 32;

const namedPort = fields({
  port,
  protocol: oneOf(['tcp', 'http'])
    .default('tcp')
    .describe(
      '`http` provides a URL, and distributes requests over the replicas; `tcp` distributes connections. gRPC needs `tcp`.',
    ),
});

/** Further ports of a service by name: a number, or a map with the protocol. */
export const ports = z
  .record(
    portName,
    z
      .union([port, namedPort], 'a port from 1 to 65535, or a map with the keys port, protocol')
      .transform((value) => (typeof value === 'number' ? { port: value, protocol: 'tcp' as const } : value)),
    'a map of ports, such as { grpc: 9090 }',
  )
  .refine((named) => Object.keys(named).length <= most, `must have at most ${most} ports`);

/** The name of the port of every service, besides those that `ports` names. */
const mainPort = 'main';

/** Ports that clients outside of the system reach, by their names: the number that these clients use. */
export const publish = z
  .union(
    [port, z.record(partName('port', 15), port)],
    'a port from 1 to 65535, or a map from names of ports, such as `main`, to the published ports',
  )
  .transform((value): Record<string, number> => (typeof value === 'number' ? { [mainPort]: value } : value));

/** A port of a service besides `port`. */
export interface NamedPort {
  name: string;
  port: number;
  protocol: 'tcp' | 'http';
  /** The variable with the port, which the service itself gets too: `GRPC_PORT`. */
  variable: string;
}

/** Returns the named ports of a service, sorted by name. */
export function namedPorts({
  ports: named = {},
}: {
  ports?: z.output<typeof ports> | undefined;
}): NamedPort[] {
  return Object.entries(named)
    .map(([name, { port, protocol }]) => ({ name, port, protocol, variable: portVariable(name, 'PORT') }))
    .toSorted((one, other) => compareTexts(one.name, other.name));
}

/** A port of a service that clients outside of the system reach. */
export interface PublishedPort {
  /** `main`, or the name in `ports`. */
  name: string;
  /** The port of the service. */
  port: number;
  /** The port that clients use. */
  published: number;
  /** The named port. Absent for the main one. */
  named?: NamedPort;
}

/** Returns the published ports of a service, sorted by name. A name without a port, which is an error, is left out. */
export function publishedPorts(service: {
  port?: number | undefined;
  ports?: z.output<typeof ports> | undefined;
  publish?: z.output<typeof publish> | undefined;
}): PublishedPort[] {
  const named = namedPorts(service);
  return Object.entries(service.publish ?? {})
    .flatMap(([name, published]): PublishedPort[] => {
      if (name === mainPort) {
        return service.port === undefined ? [] : [{ name, port: service.port, published }];
      }
      const own = named.find((one) => one.name === name);
      return own === undefined ? [] : [{ name, port: own.port, published, named: own }];
    })
    .toSorted((one, other) => compareTexts(one.name, other.name));
}

const suffixes = ['PORT', 'ADDRESS', 'URL'] as const;

/** Returns the names of the variables that belong to a named port, whether or not it provides each of them. */
export function portVariables(name: string): string[] {
  return suffixes.map((suffix) => portVariable(name, suffix));
}

/** Returns the name of a variable that a named port provides: `GRPC_ADDRESS`. */
export function portVariable(name: string, suffix: (typeof suffixes)[number]): string {
  return `${toVariablePart(name)}_${suffix}`;
}
