/** A workerd that emulates parts of Cloudflare's runtime: HTTPS, its cache, and connections to the internet. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { WorkerBindings } from '../../bindings.ts';
import { bundleWorker, startOrigin } from '../../testing/harness.ts';
import { workerdFiles } from '../../workerd-config.ts';

export interface Edge {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the Worker with `bindings`. `X-Edge-Proto: https` marks a request as HTTPS.
 *
 * @param internet URL of the server that gets every connection except those to an origin
 */
export async function startEdge(bindings: WorkerBindings, internet: string): Promise<Edge> {
  const worker = await bundleWorker();
  const cache = await startCache();
  const files = workerdFiles(await readFile(worker.script, 'utf8'), { ...bindings, cache: false });
  const config = asEdge(files['config.capnp']!, {
    internet: new URL(internet).host,
    cache: new URL(cache.url).host,
  });
  for (const [name, content] of Object.entries({ ...files, 'config.capnp': config }))
    await writeFile(join(worker.folder, name), content);
  const workerd = spawn(
    (createRequire(import.meta.url)('workerd') as { default: string }).default,
    ['serve', join(worker.folder, 'config.capnp'), '--socket-addr=gateway=127.0.0.1:0', '--control-fd=3'],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] },
  );
  const stop = async () => {
    workerd.kill('SIGKILL');
    cache.close();
    await worker.remove();
  };
  return { url: `http://127.0.0.1:${await portOf(workerd)}`, stop };
}

function asEdge(config: string, hosts: { internet: string; cache: string }): string {
  const service = ([name, address]: [string, string]) =>
    `    (name = "${name}", external = (address = "${address}", http = ())),`;
  return config
    .replace('globalOutbound = "nowhere"', 'globalOutbound = "internet", cacheApiOutbound = "cache"')
    .replace('bindings = [', 'bindings = [\n        (name = "CACHE", text = "default"),')
    .replace('services = [', ['services = [', ...Object.entries(hosts).map(service)].join('\n'));
}

/**
 * Starts a server for workerd's `caches.default`: `PUT` stores a whole response as text, `GET` reports a hit or a
 * miss.
 */
async function startCache() {
  const kept = new Map<string, string>();
  return startOrigin((request, response) => {
    const key = `${request.headers.host}${request.url}`;
    if (request.method === 'PUT') {
      void text(request).then((answer) => {
        kept.set(key, answer);
        response.writeHead(204).end();
      });
      return;
    }
    const [head = '', body] = (kept.get(key) ?? '').split('\r\n\r\n');
    if (body === undefined) {
      response.writeHead(504, { 'cf-cache-status': 'MISS' }).end();
      return;
    }
    const headers = head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]);
    response.writeHead(200, { ...Object.fromEntries(headers), 'cf-cache-status': 'HIT' }).end(body);
  });
}

async function portOf(workerd: ChildProcess): Promise<number> {
  const [line] = (await once(createInterface(workerd.stdio[3] as Readable), 'line')) as [string];
  return (JSON.parse(line) as { port: number }).port;
}
