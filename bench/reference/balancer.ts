/** The balancer of a supervisor in a separate process, in front of one replica that is always ready. */
import { Backends } from '../../infra/balancer/backends.ts';
import { startBalancer } from '../../infra/balancer/balancer.ts';
import { Changes } from '../../infra/balancer/changes.ts';

const { HOST = '', PORT = '', ORIGIN = '' } = process.env;
const { hostname, port } = new URL(ORIGIN);
const replicas = [{ host: hostname, port: Number(port) }];

await startBalancer({ host: HOST, port: Number(PORT) }, true, new Backends(() => replicas, new Changes()));
