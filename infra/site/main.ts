import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { contentType, findFile, siteFolder } from './site.ts';

/** The server of a static site: it runs in the artifact, and serves its files on HOST and PORT until SIGTERM. */
const root = siteFolder(import.meta.dirname);
const own = basename(import.meta.filename);

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const [path = '/', query] = url.split('?', 2);
  const found = findFile(root, path, own);
  if (found === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
    return;
  }
  if ('location' in found) {
    // Two slashes at the start would name another host.
    const location = found.location.replace(/^\/+/, '/') + (query === undefined ? '' : `?${query}`);
    response.writeHead(308, { Location: location }).end();
    return;
  }
  const { size, mtimeMs } = statSync(found.file);
  const tag = `W/"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`;
  const headers = {
    'Content-Type': contentType(found.file),
    'X-Content-Type-Options': 'nosniff',
    // A browser asks each time whether its copy is still the one of this version.
    'Cache-Control': 'no-cache',
    ETag: tag,
  };
  if (found.status === 200 && request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(found.status, { ...headers, 'Content-Length': size });
  if (method === 'HEAD') response.end();
  else
    createReadStream(found.file)
      .on('error', () => response.destroy())
      .pipe(response);
}

const server = createServer(answer);
server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '0.0.0.0');
process.once('SIGTERM', () => server.close());
