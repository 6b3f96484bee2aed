/**
 * The process that `runLoad` starts. It writes HTTP directly, because it shares the cores with the server and so is part
 * of every figure: a request costs it 15 to 16 µs of processor time, and costs autocannon 9.0.0 23 to 33 µs. autocannon
 * also reports latencies in whole milliseconds, and builds each request synchronously, while each write awaits a
 * signature of its own.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createGatewaySigner, gatewaySignature, isRead } from '../infra/tokens/gateway-signature.ts';
import type { LoadFigures, LoadOptions } from './load.ts';

/** Milliseconds that do not count, while connections are opened and the code is compiled. */
const warmUp = 500;

const options = JSON.parse(process.env.LOAD ?? '') as LoadOptions;
const { hostname, port, host } = new URL(options.url);
const signer = options.signingKey === undefined ? undefined : await createGatewaySigner(options.signingKey);
const signatures = await Promise.all(Array.from({ length: options.clients ?? 1 }, (_, at) => sign(at)));
const begin = performance.now() + warmUp;
const end = begin + options.seconds * 1000;
const latencies: number[] = [];
let count = Date.now() * 1000;

await Promise.all(Array.from({ length: options.connections }, ask));
latencies.sort((one, other) => one - other);
const quantile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? NaN;
const figures: LoadFigures = {
  requestsPerSecond: latencies.length / options.seconds,
  p50: quantile(0.5),
  p99: quantile(0.99),
};
console.log(JSON.stringify(figures));

async function ask(): Promise<void> {
  const socket = connect(Number(port), hostname).setNoDelay();
  await once(socket, 'connect');
  while (performance.now() < end) {
    const content = await request();
    const start = performance.now();
    const answered = answer(socket);
    socket.write(content);
    await answered;
    if (start >= begin) latencies.push(performance.now() - start);
  }
  socket.destroy();
}

async function request(): Promise<string> {
  const number = String(count++);
  const path = options.path.replaceAll('{n}', number);
  const body = options.body?.replaceAll('{n}', number) ?? '';
  const at = count % signatures.length;
  // A signature for a write is valid once.
  const signature = isRead(options.method) ? signatures[at] : await sign(at);
  const content = body && `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return `${options.method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${signature}${content}\r\n${body}`;
}

/** Returns the signature header of the client with this number. */
async function sign(at: number): Promise<string> {
  if (signer === undefined) return '';
  const { method, path: target } = options;
  return `${gatewaySignature}: ${await signer({ method, target, client: `10.0.${at >> 8}.${at & 255}` })}\r\n`;
}

/** Resolves once a whole response has arrived. */
function answer(socket: Socket): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    const take = (bytes: Buffer) => {
      text += bytes.toString('latin1');
      const length = lengthOf(text);
      if (length === undefined || text.length < length) return;
      stop();
      if (/^HTTP\/1\.1 2/.test(text)) resolve();
      else reject(new Error(text.slice(0, 1000)));
    };
    const fail = () => {
      stop();
      reject(new Error(`the connection was closed after: ${text.slice(0, 1000)}`));
    };
    const stop = () => socket.off('data', take).off('close', fail);
    socket.on('data', take).on('close', fail);
  });
}

/** Returns the length of the whole response in bytes, or undefined while it is unknown. */
function lengthOf(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text.slice(0, head + 2))?.[1];
  if (length !== undefined) return head + 4 + Number(length);
  return text.endsWith('\r\n0\r\n\r\n') ? text.length : undefined;
}
