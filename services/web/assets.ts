import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Server } from '../shared/server.ts';

/** URL of a file of `public/`, such as `/assets/1f0c9a7be2d4c6a1/style.css`. */
export type AssetUrl = (name: string) => string;

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Serves the files of `public/`, all read once. Their URLs hold a hash of the whole folder, so that they
 * may be cached for ever. During a rollout a page of one release may ask a replica of another: it gets
 * the file that is there, not to be kept.
 */
export function addAssets(app: Server): AssetUrl {
  // Beside this file in the sources, beside main.js in the bundle.
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
