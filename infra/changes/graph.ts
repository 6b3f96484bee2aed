import type { Preview, ServiceChange } from './model.ts';
import { routedServices } from './network.ts';
import type { Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

type Graph = Preview['graph'];

/** Returns the services, the gateway and the connections of both sides, with what happens to them. */
export function graphOf({ before, after }: Sides, changes: readonly ServiceChange[]): Graph {
  const [were, are] = [edgesOf(before), edgesOf(after)];
  const changeOf = (name: string) => changes.find(({ service }) => service === name)?.change ?? 'same';
  return {
    services: [...new Map([...nodesOf(before), ...nodesOf(after)])].map(([name, form]) => ({
      name,
      form,
      change: changeOf(name),
    })),
    edges: [...new Set([...are, ...were])].map((edge) => {
      const [from = '', to = ''] = edge.split('\n');
      return { from, to, change: !were.has(edge) ? 'added' : !are.has(edge) ? 'removed' : 'same' };
    }),
  };
}

/** Returns the form of each service by its name. */
function nodesOf(side: Snapshot | undefined): [string, string][] {
  const gateway = side?.declared['gateway.port'] === undefined ? [] : ['gateway'];
  return [
    ...gateway.map((name): [string, string] => [name, name]),
    ...Object.entries(side?.services ?? {}).map(([name, { form }]): [string, string] => [name, form]),
  ];
}

function edgesOf(side: Snapshot | undefined): Set<string> {
  const services = Object.entries(side?.services ?? {});
  const routes = side === undefined ? [] : routedServices(side);
  return new Set([
    ...services.flatMap(([from, { dependsOn }]) => dependsOn.map((to) => `${from}\n${to}`)),
    ...routes.map((to) => `gateway\n${to}`),
  ]);
}
