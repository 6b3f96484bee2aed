import { gatewayArtifact } from '../artifacts/programs.ts';
import { budgetsOf } from '../graph/connections.ts';
import { providedReferences } from '../graph/services.ts';
import type { GraphService, ServiceGraph } from '../graph/types.ts';
import type { Lookup } from '../graph/values.ts';
import { externalValues } from './external.ts';
import { createKeys, type Keys } from './keys.ts';
import { codeValues, type ProvidedValues } from './provided.ts';
import type { TargetContext } from './target.ts';

/** What only the target knows of where things are. */
export interface Surroundings {
  /** Private host name or address of a service. */
  hostOf(service: string): string;
  /** The gateway's URL as people type it; undefined without a gateway. */
  publicUrl: string | undefined;
  /** Absolute folder in which a service finds its volume. */
  volumeOf(service: GraphService): string | undefined;
}

/** The provided values of all services, and how references find them. */
export interface Values {
  /** Fills a reference in. A server's values must have been set before. */
  lookup: Lookup;
  /** Sets what a data server provides, once it is made. */
  set(service: string, values: ProvidedValues): void;
  /** Of what a service provides, that which some reference uses. */
  usedOf(service: GraphService): ProvidedValues;
  /** With these the gateway signs its requests; made once some service wants to verify them. */
  gatewayKeys: Keys | undefined;
}

/**
 * Values of code services are known before any of them is made: a public address or key makes no start order, so a
 * service may use those of a later one.
 */
export function createValues(graph: ServiceGraph, context: TargetContext, where: Surroundings): Values {
  const budgets = budgetsOf(graph.services);
  const routed = new Set(graph.gateway?.routes.map(({ to }) => to));
  const gatewayKeys = signsRequests(graph) ? createKeys(gatewayArtifact, context) : undefined;
  const values = new Map(graph.services.map((service) => [service.name, valuesOf(service)]));
  if (gatewayKeys !== undefined) values.set(gatewayArtifact, { PUBLIC_KEYS: gatewayKeys.publicKeys });

  const lookup: Lookup = (reference) => {
    if (reference.kind === 'secret') return context.secret(reference.name);
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
    set,
    usedOf: ({ name, provides }) =>
      Object.fromEntries(
        Object.entries(values.get(name) ?? {}).filter(([variable]) => provides.includes(variable)),
      ),
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
      publicUrl: routed.has(name) ? where.publicUrl : undefined,
      volume: where.volumeOf(service),
      keys: hasKeys ? createKeys(name, context) : undefined,
    });
  }
}

function signsRequests({ services }: ServiceGraph): boolean {
  return services.flatMap(providedReferences).some(({ service }) => service === gatewayArtifact);
}
