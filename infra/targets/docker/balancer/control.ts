import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Order, Orders } from './orders.ts';

/** A socket in the balancer's own container: only commands that run in it can give orders. */
const controlSocket = '/tmp/control.sock';

/**
 * The program with which a command gives an order, as `node -e <program> <order>` in the container of a balancer. It
 * prints what the balancer does.
 */
export const controlProgram = [
  `const request = require('node:http').request({ socketPath: '${controlSocket}', method: 'PUT' });`,
  `request.on('response', (response) => {`,
  `  if (response.statusCode !== 200) process.exitCode = 1;`,
  `  response.pipe(response.statusCode === 200 ? process.stdout : process.stderr);`,
  `});`,
  `request.end(process.argv[1]);`,
].join('\n');

/** Accepts orders. Their body is JSON; `null` only asks for the status. */
export function listenForOrders(orders: Orders): void {
  const server = createServer((request, response) => {
    const obey = async () => {
      const order = (await json(request)) as Order | null;
      if (order) await orders.obey(order);
      response.end(JSON.stringify(orders.status()));
    };
    obey().catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  server.listen(controlSocket);
}
