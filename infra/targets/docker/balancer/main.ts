import { balancerFolder } from '../../../artifacts/balancer-folder.ts';
import { Backends } from '../../../balancer/backends.ts';
import { startBalancer } from '../../../balancer/balancer.ts';
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
const { port, replicas, health } = readBalancerEnvironment(process.env);
const changes = new Changes();
const watched = watchReplicas({ name: replicas, port, health }, changes, log);
const backends = new Backends(watched.ready, changes);
const orders = new Orders(backends, watched, fileMemory(balancerFolder));
await orders.restore();
listenForOrders(orders);
const balancer = await startBalancer({ host: '0.0.0.0', port }, health !== undefined, backends);
log('ready', { port, replicas });
drainOnSignal(balancer);
