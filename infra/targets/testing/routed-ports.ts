import assert from 'node:assert/strict';
import { eventually } from '../../../tools/testing/eventually.ts';
import { succeed, type TestSystem } from './system.ts';

/** How a target runs the service, and how the test reaches the gateway. */
interface Routed {
  system: TestSystem;
  /** The fields of the service that say what it runs. */
  service: object;
  /** The port of the gateway. */
  port: number;
  /** Returns the address of the gateway, `http://host:port`. */
  gateway: () => Promise<string>;
}

/** A program that answers at each of its ports with the name of the port. */
export const answeringPorts = `
const { createServer } = require("node:http");
const { HOST, PORT, ADMIN_PORT } = process.env;
const answer = (name) => createServer((request, response) => response.end(name + " " + request.url));
answer("admin").listen(ADMIN_PORT, HOST);
answer("main").listen(PORT, HOST);
`.replaceAll('\n', ' ');

/** Checks that routes lead to the main port and to a named port of one service. */
export async function routesToPorts({ system, service, port, gateway }: Routed): Promise<void> {
  system.write('stacks/test.yaml', {
    name: 'routed',
    policy: { stage: 'development' },
    services: {
      api: {
        ...service,
        port: 4701,
        ports: { admin: { port: 4702, protocol: 'http' } },
        health: { path: '/health', timeout: '2m' },
      },
    },
    gateway: {
      port,
      routes: [
        { path: '/*', to: 'api' },
        { path: '/admin/*', to: 'api', port: 'admin' },
      ],
    },
  });
  await succeed(system.up());
  const url = await gateway();
  const ask = async (path: string) => (await fetch(`${url}${path}`)).text();
  await eventually(async () => (await ask('/a')) === 'main /a');
  assert.equal(await ask('/admin/a'), 'admin /admin/a');
}
