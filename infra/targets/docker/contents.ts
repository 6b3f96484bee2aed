import { hostsOf, loopbackHosts } from '../../gateway/hosts.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { fillVariables } from '../../plan/template.ts';
import type { DataService, PostgresService } from '../../data/index.ts';
import type { DataContainer } from '../../containers/data-container.ts';
import { gatewayConfig } from '../../containers/gateway.ts';
import { withMemoryLimit } from '../../containers/limits.ts';
import { postgresServer } from '../../containers/postgres/server.ts';
import { redisContainer } from '../../containers/redis.ts';
import { planPassword } from '../shared/generated.ts';
import { redisValues, urlOf } from '../../servers/values.ts';
import type { TargetContext } from '../shared/target.ts';
import type { Values } from '../shared/values.ts';
import type { Contents } from './planned.ts';

/** Returns the contents of a plan. Plans the passwords of data servers, and sets the values that these provide. */
export function createContents(graph: ServiceGraph, context: TargetContext, values: Values): Contents {
  const servers = new Map<string, DataContainer>();
  for (const { name, form, config } of graph.services) {
    if (form !== 'data') continue;
    if (config.kind === 'postgres') servers.set(name, postgres(name, withMemoryLimit(config)));
    if (config.kind === 'redis') servers.set(name, redis(name, withMemoryLimit(config)));
  }
  const ports = new Map(graph.services.map(({ name, config }) => [name, config.port]));
  return {
    variables: ({ variables }) => fillVariables(variables, values.lookup),
    preDeployVariables: ({ preDeployVariables }) => fillVariables(preDeployVariables, values.lookup),
    data: ({ name }) => servers.get(name)!,
    gatewayConfig: () =>
      gatewayConfig(
        graph.gateway!,
        (service) => urlOf({ host: service, port: ports.get(service)! }),
        hostsOf(graph.gateway!, loopbackHosts),
        values.gatewayKeys?.privateKey,
      ),
  };

  function postgres(name: string, config: PostgresService): DataContainer {
    const where = { stack: graph.name, host: name };
    const { container, provided } = postgresServer({ name, config }, where, (password) =>
      planPassword(context, name, password),
    );
    values.set(name, provided);
    return container;
  }

  function redis(name: string, config: DataService): DataContainer {
    const password = planPassword(context, name, name);
    values.set(name, redisValues({ host: name, port: config.port }, password));
    return redisContainer(config, password);
  }
}
