import { startBalancer } from '../../../../balancer/balancer.ts';
import { drainOnSignal, log } from '../../../../balancer/serve.ts';
import { readMeterEnvironment } from './environment.ts';
import { createFigures, MeteredBackends } from './metered.ts';

/**
 * Number of requests after which a client must connect again. Kubernetes divides connections: a client that keeps one would
 * never reach another version.
 */
const requestsPerConnection = 20;

/** The program in each pod of a service with a canary: receives the requests of the service, forwards and counts them. */
const { service, listen, figures, version } = readMeterEnvironment(process.env);
const backends = new MeteredBackends({ host: '127.0.0.1', port: service });
// Without a host: a pod has addresses of IPv4, of IPv6 or of both.
const balancer = await startBalancer({ port: listen }, true, backends, {
  requestsPerConnection,
});
createFigures(backends, version).listen(figures);
log('ready', { port: listen, service, figures });
drainOnSignal(balancer);
