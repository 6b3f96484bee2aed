import { gatewayArtifact } from '../../artifacts/programs.ts';
import { budgetsOf } from '../../graph/connections.ts';
import { providedReferences } from '../../graph/services.ts';
import { publicHostOf } from '../../stack/route-address.ts';
import type { CodeNode, GraphService, ServiceGraph } from '../../graph/types.ts';
import { configSecret, programValue } from '../../plan/hole.ts';
import type { Lookup } from '../../plan/template.ts';
import { namedPorts } from '../../stack/ports.ts';
import { bindMountsOf, type BindMount } from '../../stack/bind-mounts.ts';
import { mountsOf, type Mount } from '../../stack/volumes.ts';
import { externalValues } from './external.ts';
import { planKeys, type Keys } from './keys.ts';
import { codeValues, type ProvidedValues } from './service-values.ts';
import type { TargetContext } from './target.ts';

/** The addresses and folders that depend on the target. */
export interface Locations {
  /** Returns the private host name or address of a service. */
  hostOf(service: string): string;
  /** Returns the gateway's URL for users, at the host of a route if one is given; undefined without a gateway. */
  publicUrl(host: string | undefined): string | undefined;
  /** Returns the absolute path of a service's volume. */
  volumeOf(service: CodeNode): string | undefined;
  /** Returns the absolute path of a further volume. */
  pathOf: (mount: Mount) => string;
  /** Returns the absolute path of a folder of the repository. */
  bindPathOf: (mount: BindMount) => string;
}

/** The provided values of all services, and the lookup of references. */
export interface Values {
  /** Returns the value of a reference. Throws if it is that of a data server and not set yet. */
  lookup: Lookup;
  /** Returns all values by service. */
  all(): Record<string, ProvidedValues>;
  /** Sets the values that a data server provides, after its resource is planned. */
  set(service: string, values: ProvidedValues): void;
  /** The keys with which the gateway signs its requests. Planned only if a service references the public keys. */
  gatewayKeys: Keys | undefined;
}

/**
 * Creates the provided values. Those of code services are known before any service is planned: references to public
 * addresses and keys imply no start order, so a service can use the values of a later one.
 */
export function createValues(graph: ServiceGraph, context: TargetContext, where: Locations): Values {
  const budgets = budgetsOf(graph.services);
  const routed = new Set(graph.gateway?.routes.map(({ to }) => to));
  const gatewayKeys = signsRequests(graph)
    ? planKeys(gatewayArtifact, context.keyGeneration, context)
    : undefined;
  const values = new Map(graph.services.map((service) => [service.name, valuesOf(service)]));
  if (gatewayKeys !== undefined) values.set(gatewayArtifact, { PUBLIC_KEYS: gatewayKeys.publicKeys });

  const lookup: Lookup = (reference) => {
    if (reference.kind === 'secret') return configSecret(reference.name);
    if (reference.kind === 'pulumi') return programValue(reference.name);
    const value = values.get(reference.service)?.[reference.name];
    if (value === undefined) throw new Error(`${reference.service} does not provide ${reference.name}`);
    return value;
  };
  for (const service of graph.services) {
    const external = externalValues(service, lookup);
    if (external !== undefined) set(service.name, external);
  }
  return {
    lookup,
    gatewayKeys,
    all: () => Object.fromEntries(graph.services.map(({ name }) => [name, values.get(name) ?? {}])),
    set,
  };

  function set(service: string, provided: ProvidedValues): void {
    const share = budgets.find(({ server }) => server === service)?.share;
    values.set(service, { ...provided, ...(share !== undefined && { POOL_SIZE: String(share) }) });
  }

  function valuesOf(service: GraphService): ProvidedValues {
    const { name, config, provides } = service;
    const hasKeys = provides.some((variable) => variable.startsWith('IDENTITY_'));
    return codeValues({
      host: where.hostOf(name),
      port: config.port,
      ports: service.form === 'code' ? namedPorts(service.config) : [],
      publicUrl: routed.has(name) ? where.publicUrl(publicHostOf(graph.gateway, name)) : undefined,
      volume: service.form === 'code' ? where.volumeOf(service) : undefined,
      volumes:
        service.form === 'code'
          ? {
              ...byVariable(mountsOf(name, service.config), where.pathOf),
              ...byVariable(bindMountsOf(service.config), where.bindPathOf),
            }
          : {},
      keys: hasKeys ? planKeys(name, context.keyGeneration, context) : undefined,
    });
  }
}

function byVariable<One extends { variable: string }>(
  mounts: One[],
  pathOf: (mount: One) => string,
): Record<string, string> {
  return Object.fromEntries(mounts.map((mount) => [mount.variable, pathOf(mount)]));
}

function signsRequests({ services }: ServiceGraph): boolean {
  return services.flatMap(providedReferences).some(({ service }) => service === gatewayArtifact);
}
