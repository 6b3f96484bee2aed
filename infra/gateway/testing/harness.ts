import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { GatewayConfig } from '../config.ts';
import { startGateway } from '../start.ts';

/** Bundles the Worker into one file, in a folder that `remove` deletes. */
export async function bundleWorker(): Promise<{ script: string; folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  const script = join(folder, 'worker.js');
  const entry = fileURLToPath(new URL('../worker/worker.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
  });
  return { script, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts the gateway with the Worker on a free loopback port. `stop` ends it and deletes its files. */
export async function startWorker(
  config: Omit<GatewayConfig, 'script' | 'host' | 'port'> & Partial<Pick<GatewayConfig, 'host' | 'port'>>,
  onLine: (line: string) => void = () => undefined,
): Promise<{ url: string; stop(): Promise<void> }> {
  const worker = await bundleWorker();
  const gateway = await startGateway(
    { script: worker.script, host: '127.0.0.1', port: 0, ...config },
    onLine,
  );
  return { url: gateway.url, stop: () => gateway.stop().then(() => worker.remove()) };
}

/** Starts a server on a free loopback port. */
export async function startOrigin(
  listener: RequestListener,
): Promise<{ url: string; server: Server; close(): void }> {
  // workerd reuses connections: a request on a connection that the origin is just closing would be lost.
  const server = createServer({ keepAliveTimeout: 0 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url, server, close };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends one request with the path exactly as given, from the address `from` (in 127.0.0.0/8) if given. */
export async function ask(
  base: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
    from,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer; from?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  const request = httpRequest({
    hostname,
    port,
    path,
    method,
    headers,
    agent: false,
    ...(from !== undefined && { localAddress: from }),
  }).end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await readText(response) };
}

export async function readText(response: IncomingMessage): Promise<string> {
  return Buffer.concat((await response.toArray()) as Buffer[]).toString();
}
