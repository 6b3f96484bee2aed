import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import { fillVariables } from '../../graph/values.ts';
import type { DataService } from '../../stack/schema.ts';
import type { DataContainer } from '../containers/data-container.ts';
import { gatewayConfig } from '../containers/gateway.ts';
import { postgresContainer } from '../containers/postgres/container.ts';
import { redisContainer } from '../containers/redis.ts';
import { Password } from '../generated.ts';
import { databaseName, postgresValues, redisValues, urlOf } from '../provided.ts';
import type { TargetContext } from '../target.ts';
import type { Values } from '../values.ts';
import type { Contents } from './plan.ts';

/** What fills a plan's containers. Makes the passwords of the data servers, and tells `values` what these provide. */
export function createContents(graph: ServiceGraph, context: TargetContext, values: Values): Contents {
  const servers = new Map<string, DataContainer>();
  for (const { name, config, external } of graph.services) {
    if (Object.keys(external).length > 0) continue;
    if (config.kind === 'postgres') servers.set(name, postgres(name, config));
    if (config.kind === 'redis') servers.set(name, redis(name, config));
  }
  const ports = new Map(graph.services.map(({ name, config }) => [name, config.port]));
  return {
    variables: ({ variables }: GraphService) => fillVariables(variables, values.lookup),
    preDeployVariables: ({ preDeployVariables }) => fillVariables(preDeployVariables, values.lookup),
    data: ({ name }) => servers.get(name)!,
    gatewayConfig: () =>
      gatewayConfig(
        graph.gateway!,
        (service) => urlOf({ host: service, port: ports.get(service)! }),
        values.gatewayKeys?.privateKey,
      ),
  };

  function postgres(name: string, config: DataService): DataContainer {
    const database = databaseName(graph.name);
    const passwords = {
      superuser: password(`${name}-superuser`),
      owner: password(`${name}-owner`),
      app: password(`${name}-app`),
      readonly: password(`${name}-readonly`),
    };
    const provided = postgresValues({
      address: { host: name, port: config.port },
      database,
      appPassword: passwords.app,
      readonlyPassword: passwords.readonly,
      ownerPassword: passwords.owner,
    });
    values.set(name, provided);
    return postgresContainer(config, database, passwords);
  }

  function redis(name: string, config: DataService): DataContainer {
    const secret = password(name);
    values.set(name, redisValues({ host: name, port: config.port }, secret));
    return redisContainer(config, secret);
  }

  function password(name: string) {
    const { root, environment } = context;
    return new Password(name, { root, environment, name }).password;
  }
}
