import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Server } from '../shared/server.ts';
import type { AssetUrl } from './pages/layout.ts';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Serves the files of `public/`, which it reads once at the start. Their URLs contain a hash of the whole folder, so
 * that browsers may cache them forever. During a rollout, a page of one release may request a file from a replica of
 * another: the replica responds with its own version of the file and `no-store`.
 */
export function addAssets(app: Server): AssetUrl {
  // In the folder of this file in the sources, in the folder of main.js in the bundle.
  const folder = new URL('./public/', import.meta.url);
  const files = new Map(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, readFileSync(new URL(name, folder))]),
  );
  const digest = createHash('sha256');
  for (const [name, content] of files) digest.update(`${name}\0${content.length}\0`).update(content);
  const release = digest.digest('hex').slice(0, 16);

  app.get<{ Params: { release: string; name: string } }>('/assets/:release/:name', (request, reply) => {
    const { name } = request.params;
    const content = files.get(name);
    if (content === undefined) return reply.callNotFound();
    const lasting = request.params.release === release;
    return reply
      .header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-store')
      .type(types[extname(name)] ?? 'application/octet-stream')
      .send(content);
  });
  return (name) => `/assets/${release}/${name}`;
}
