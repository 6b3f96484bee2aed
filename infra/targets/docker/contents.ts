import { join } from 'node:path';
import { hostsOf, localHostsOf, loopbackHosts } from '../../gateway/hosts.ts';
import { poolerName } from '../../data/pooler/pooler.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { fillTemplate, fillVariables } from '../../plan/template.ts';
import { gatewayConfig } from '../../containers/gateway.ts';
import { planServer, type ServerPlan } from '../shared/data-server.ts';
import { planPassword } from '../shared/generated.ts';
import { routedPort } from '../../stack/route-address.ts';
import { urlOf } from '../shared/service-values.ts';
import type { TargetContext } from '../shared/target.ts';
import type { Values } from '../shared/values.ts';
import type { Contents } from './planned.ts';

/** Returns the contents of a plan. Plans the passwords of data servers, and sets the values that these provide. */
export function createContents(graph: ServiceGraph, context: TargetContext, values: Values): Contents {
  const servers = new Map<string, ServerPlan>();
  for (const service of graph.services) {
    if (service.form !== 'data') continue;
    const { name } = service;
    const where = { stack: graph.name, host: name, pooler: { host: poolerName(name), server: name } };
    const server = planServer(service, where, (password) => planPassword(context, name, password));
    values.set(name, server.provided);
    servers.set(name, server);
  }
  return {
    variables: ({ variables }) => fillVariables(variables, values.lookup),
    files: ({ files }) =>
      files.map(({ path, content }) => ({ path, content: fillTemplate(content, values.lookup) })),
    folder: (source) => join(context.root, source),
    preDeployVariables: ({ preDeployVariables }) => fillVariables(preDeployVariables, values.lookup),
    data: ({ name }) => servers.get(name)!,
    gatewayConfig: () =>
      gatewayConfig(
        graph.gateway!,
        (target) => urlOf({ host: target.to, port: routedPort(graph.services, target) }),
        hostsOf(graph.gateway!, [...loopbackHosts, ...localHostsOf(graph.gateway!)]),
        values.gatewayKeys?.privateKey,
        true,
      ),
  };
}
