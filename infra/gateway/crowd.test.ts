import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, test } from 'vitest';
import { ask, bundleWorker, startOrigin } from './testing/harness.ts';

const runner = fileURLToPath(new URL('./main.ts', import.meta.url));
/** The hard file limit of the gateway and its workerd, and the number of connections that the crowd opens. */
const openFiles = 256;
const crowd = 400;

let origin: Awaited<ReturnType<typeof startOrigin>>;
let worker: Awaited<ReturnType<typeof bundleWorker>>;
let url: string;
let stop = (): Promise<void> => Promise.resolve();
let workerd: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  origin = await startOrigin(
    (request, response) => void request.resume().on('end', () => response.end('fine')),
  );
  worker = await bundleWorker();
  const file = join(worker.folder, 'config.json');
  const routes = [{ path: '/*', origin: origin.url }];
  await writeFile(file, JSON.stringify({ script: worker.script, host: '127.0.0.1', port: 0, routes }));
  const limited = `ulimit -Sn 64 && ulimit -Hn ${openFiles} && exec "$0" "$@"`;
  const gateway = spawn('sh', ['-c', limited, process.execPath, runner, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(gateway.stdout), 'line')) as [string];
  ({ url } = JSON.parse(line) as { url: string });
  const children = readFileSync(`/proc/${gateway.pid}/task/${gateway.pid}/children`, 'utf8');
  workerd = Number(children.trim());
  stop = async () => {
    gateway.kill('SIGKILL');
    process.kill(workerd, 'SIGKILL');
    await once(gateway, 'close');
  };
}, 30_000);

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await stop();
  origin.close();
  await worker.remove();
});

test('workerd may open as many files as the hard limit allows', () => {
  const limits = readFileSync(`/proc/${workerd}/limits`, 'utf8');
  assert.match(limits, new RegExp(`^Max open files +${openFiles} +${openFiles} `, 'm'));
});

const idle: [what: string, head: string][] = [
  ['without a request', ''],
  ['with an unfinished head', 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: '],
  ['that stay open after a response', 'GET /x HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'],
];

for (const [what, head] of idle) {
  test(
    `more connections ${what} than files cause no crash, and other clients are served`,
    { timeout: 30_000 },
    async () => {
      const open = async () => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1');
        sockets.push(socket.on('error', () => {}).resume());
        await once(socket, 'connect');
        socket.write(head);
      };
      for (let count = 0; count < crowd; count += 20) {
        await Promise.all(Array.from({ length: 20 }, open));
        for (const from of ['127.0.0.1', '127.0.1.7'])
          assert.equal((await ask(url, '/', { from })).status, 200, `${from} after ${count} connections`);
      }
      process.kill(workerd, 0);
    },
  );
}
