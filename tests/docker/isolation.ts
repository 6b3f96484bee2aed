import assert from 'node:assert/strict';
import { containersOf } from '../../infra/targets/docker/testing/daemon.ts';
import { reachOf, serviceOf } from './reach.ts';

/** The edges of stacks/rota.yaml, and the routes of its gateway. */
const edges: Record<string, string[]> = {
  api: ['postgres', 'redis'],
  worker: ['api', 'postgres', 'redis'],
  scheduler: ['redis'],
  web: ['api'],
  gateway: ['api', 'web'],
  postgres: [],
  redis: [],
};

/** Throws if a container of Rota can connect to more or fewer services than the graph allows. */
export function assertIsolated(labels: Record<string, string>, gatewayPort: number): void {
  const all = containersOf(labels);
  const image = all.find((container) => serviceOf(container) === 'api')!.Config.Image;
  const ports = { postgres: 5432, redis: 6379, api: 3001, web: 3000, worker: 8080, gateway: gatewayPort };
  const kinds = new Map(
    all.map((container) => [
      `${serviceOf(container)} ${container.Config.Labels['railhead.role']}`,
      container,
    ]),
  );
  for (const [kind, container] of kinds) {
    const service = serviceOf(container);
    const [, role] = kind.split(' ');
    const { byName, byAddress } = reachOf(container, all, ports, image);
    const others = (reached: string[]) => reached.filter((other) => other !== service);
    if (role === 'balancer' || role === 'server') {
      // A balancer or server shares a network with its callers and can connect to them. Compose also resolves their
      // names.
      const callers = Object.keys(edges).filter((from) => edges[from]?.includes(service));
      const strangers = others([...byName, ...byAddress]).filter((other) => !callers.includes(other));
      assert.deepEqual(strangers, [], kind);
    } else {
      assert.deepEqual(others(byName), edges[service], kind);
      assert.deepEqual(others(byAddress), edges[service], kind);
    }
  }
}
