import { Backends } from '../../../balancer/backends.ts';
import { startBalancer } from '../../../balancer/balancer.ts';
import { Changes } from '../../../balancer/changes.ts';
import { drainOnSignal, log } from '../../../balancer/serve.ts';
import { listenForOrders } from './control.ts';
import { Orders } from './orders.ts';
import { readBalancerEnvironment } from './environment.ts';
import { watchReplicas } from './replicas.ts';

/**
 * The program of a service's balancer: distributes requests over the ready replicas, which it finds by their common DNS
 * name. Logs one JSON object per line.
 */
const { port, replicas, health } = readBalancerEnvironment(process.env);
const changes = new Changes();
const ready = watchReplicas({ name: replicas, port, health }, changes, log);
const backends = new Backends(ready, changes);
listenForOrders(new Orders(backends, ready));
const balancer = await startBalancer({ host: '0.0.0.0', port }, health !== undefined, backends);
log('ready', { port, replicas });
drainOnSignal(balancer);
