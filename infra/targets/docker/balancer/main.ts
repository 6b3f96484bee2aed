import { balancerFolder } from '../../../artifacts/balancer-folder.ts';
import { Backends, type Address } from '../../../balancer/backends.ts';
import { startBalancer, type Balancer } from '../../../balancer/balancer.ts';
import { Changes } from '../../../balancer/changes.ts';
import { drainOnSignal, log } from '../../../balancer/serve.ts';
import { listenForOrders } from './control.ts';
import { Orders } from './orders.ts';
import { fileMemory } from './kept-orders.ts';
import { readBalancerEnvironment } from './environment.ts';
import { watchReplicas } from './replicas.ts';

/**
 * The program of a service's balancer: distributes requests over the ready replicas, which it finds by their common DNS
 * name. Logs one JSON object per line.
 */
const { port, replicas, health, ports } = readBalancerEnvironment(process.env);
const changes = new Changes();
const watched = watchReplicas({ name: replicas, port, health }, changes, log);
const backends = new Backends(watched.ready, changes);
const orders = new Orders(backends, watched, fileMemory(balancerFolder));
await orders.restore();
listenForOrders(orders);
const host = '0.0.0.0';
const balancers: Balancer[] = [await startBalancer({ host, port }, health !== undefined, backends)];
for (const { port, protocol } of ports) {
  const addressOf = (replica: Address) => ({ ...replica, port });
  balancers.push(await startBalancer({ host, port }, protocol === 'http', backends, { addressOf }));
}
log('ready', { port, replicas });
drainOnSignal(...balancers);
