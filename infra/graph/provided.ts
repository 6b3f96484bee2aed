import { dataKinds } from '../data/index.ts';
import type { DataKind } from '../data/kind.ts';
import { isSecret, variablesOf } from '../data/variables.ts';
import { bindMountsOf } from '../stack/bind-mounts.ts';
import { namedPorts, portVariable } from '../stack/ports.ts';
import { mountsOf } from '../stack/volumes.ts';
import { isCode, type CodeService, type Service } from '../stack/schema.ts';

/** What a service offers to others without declaring it. */
export interface Provided {
  /** The value must not be shown. */
  secret: boolean;
  /** Who uses it connects to the service: a start-order edge and a network permission. */
  edge: boolean;
  /**
   * Offered only by a service with a port, a volume, a gateway route or a known number of connections, or only inside the
   * service.
   */
  needs?: 'port' | 'volume' | 'route' | 'self' | 'connections';
}

const ifPort: Provided = { secret: false, edge: true, needs: 'port' };
const ifRoute: Provided = { secret: false, edge: false, needs: 'route' };

const code: Record<string, Provided> = {
  HOST: ifPort,
  PORT: ifPort,
  URL: ifPort,
  PRIVATE_DOMAIN: ifPort,
  RAILWAY_PRIVATE_DOMAIN: ifPort,
  PUBLIC_URL: ifRoute,
  PUBLIC_DOMAIN: ifRoute,
  RAILWAY_PUBLIC_DOMAIN: ifRoute,
  // Where a volume is depends on the target: a folder of the machine for a process.
  RAILWAY_VOLUME_MOUNT_PATH: { secret: false, edge: false, needs: 'volume' },
  IDENTITY_KEY: { secret: true, edge: false, needs: 'self' },
  IDENTITY_PUBLIC_KEY: { secret: false, edge: false },
};

/** What `${{gateway.NAME}}` can name. Services verify with `PUBLIC_KEYS` (SPKI PEM) that a request is the gateway's. */
export const providedByGateway: Record<string, Provided> = {
  PUBLIC_KEYS: { secret: false, edge: false },
};

const byKind = Object.fromEntries(Object.entries(dataKinds).map(([name, kind]) => [name, ofServer(kind)]));

/** Returns every variable that a service of this kind provides. */
export function providedBy(service: Service): Record<string, Provided> {
  if (!isCode(service)) return byKind[service.kind]!;
  const { ports, volumes, bindMounts } = service;
  return (ports ?? volumes ?? bindMounts) === undefined
    ? code
    : { ...code, ...ofPorts(service), ...ofVolumes(service) };
}

function ofPorts(service: CodeService): Record<string, Provided> {
  const names = namedPorts(service).flatMap(({ name, protocol, variable }) => [
    variable,
    portVariable(name, 'ADDRESS'),
    ...(protocol === 'http' ? [portVariable(name, 'URL')] : []),
  ]);
  return Object.fromEntries(names.map((name) => [name, { secret: false, edge: true }]));
}

/** The path of a volume or a bind mount depends on the target. */
function ofVolumes(service: CodeService): Record<string, Provided> {
  const names = [...mountsOf('', service), ...bindMountsOf(service)].map(({ variable }) => variable);
  return Object.fromEntries(names.map((name) => [name, { secret: false, edge: false }]));
}

function ofServer(kind: DataKind): Record<string, Provided> {
  const variables = Object.entries(variablesOf(kind)).map(([name, part]): [string, Provided] => [
    name,
    { secret: isSecret(part), edge: true },
  ]);
  return {
    ...Object.fromEntries(variables),
    ...(kind.connections && { POOL_SIZE: { secret: false, edge: true, needs: 'connections' } }),
  };
}
