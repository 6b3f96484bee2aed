import { toLabel } from '../init/names.ts';
import type { Added } from './added.ts';
import { dataTypeOf } from './data-service.ts';
import { wholeServices } from './environments.ts';
import type { Fact, Imported, ImportedService } from './facts.ts';
import { say, sayItem } from './say.ts';
import { portName } from './further-ports.ts';
import { placeOnly } from './ledger.ts';
import { sharedValuesIn } from './shared-values.ts';
import { privateDomain } from './values.ts';

/** The port at which a variable reaches a service. */
interface Use {
  port: number;
  variable: string;
  owner: string;
  from: Fact<string>['from'];
}

/** Gives each service the ports at which variables of others reach it: a container also listens on ports that no file names. */
export function takeUsedPorts(imported: Imported): Added[] {
  const services = wholeServices(imported);
  return services
    .filter((service) => dataTypeOf(service) === undefined && service.facts.cron === undefined)
    .flatMap((service) =>
      services
        .filter(({ name }) => name !== service.name)
        .flatMap((owner) => usesOf(service.name, owner, imported))
        .flatMap((use) => take(service, use) ?? []),
    );
}

function take(service: ImportedService, { port, variable, owner, from }: Use): Added | undefined {
  const { facts } = service;
  if (facts.port?.value === port || facts.morePorts?.value.some((other) => other.port === port) === true)
    return undefined;
  const why = `${variable} of ${owner} reaches ${service.name} at this port`;
  const path = `services.${toLabel(service.name)}`;
  if (facts.port === undefined) {
    say(service, 'port', port, placeOnly(from));
    return { to: `${path}.port`, why, from };
  }
  sayItem(service, 'morePorts', { port, name: undefined, from: placeOnly(from) });
  return { to: `${path}.ports.${portName({ port })}`, why, from };
}

function usesOf(host: string, { name: owner, variables }: ImportedService, { shared }: Imported): Use[] {
  const valueOf = (variable: string) => {
    const value = variables.get(variable)?.value;
    return value === undefined ? undefined : sharedValuesIn(value, shared);
  };
  return [...variables].flatMap(([variable, { from }]) =>
    portsIn(valueOf(variable) ?? '', host, variable, valueOf).map((port) => ({
      port,
      variable,
      owner,
      from,
    })),
  );
}

/** Returns the ports of a host in a value. If a variable is the host alone, another one has the port: REDIS_HOST, REDIS_PORT. */
function portsIn(
  value: string,
  host: string,
  variable: string,
  valueOf: (variable: string) => string | undefined,
): number[] {
  const addresses = value.matchAll(/(?<![\w.-])([a-z_][\w.-]*):(\d{1,5})(?![\w.:@-])/gi);
  const found = [...addresses].flatMap(([, name = '', port]) =>
    name.replace(privateDomain, '') === host ? [Number(port)] : [],
  );
  const isHost = value.replace(privateDomain, '') === host && /HOST(NAME)?$/.test(variable);
  const paired = isHost ? Number(valueOf(variable.replace(/HOST(NAME)?$/, 'PORT'))) : NaN;
  return [...found, paired].filter((port) => Number.isInteger(port) && port > 0 && port < 65_536);
}
