import { existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of a site that answers a request, or another address to ask for. */
export type Found = { file: string; status: 200 | 404 } | { location: string } | undefined;

/** The folders that builds of sites write to, the first of which with an index.html is served; else the folder itself. */
export const siteOutputs = ['dist', 'build', 'out', '_site', 'public'];

/** Returns the folder of the artifact that is served. */
export function siteFolder(artifact: string): string {
  return join(artifact, siteOutputs.find((name) => existsSync(join(artifact, name, 'index.html'))) ?? '.');
}

/**
 * Finds the file for the path of a request: the file itself, `<path>.html`, or index.html of a folder; else 200.html, the page of an
 * app that reads the path itself, or 404.html.
 *
 * @param hidden a file name that is never served
 */
export function findFile(root: string, path: string, hidden: string): Found {
  const decoded = decode(path);
  const parts = decoded?.split('/').filter((part) => part !== '') ?? [];
  const isPrivate = (part: string) => part === hidden || (part.startsWith('.') && part !== '.well-known');
  if (decoded !== undefined && !parts.some(isPrivate)) {
    const place = join(root, ...parts);
    if (isFile(join(place, 'index.html')))
      return decoded.endsWith('/')
        ? { file: join(place, 'index.html'), status: 200 }
        : { location: `${path}/` };
    const file = decoded.endsWith('/') ? undefined : [place, `${place}.html`].find(isFile);
    if (file !== undefined) return { file, status: 200 };
  }
  const app = join(root, '200.html');
  if (isFile(app)) return { file: app, status: 200 };
  const missing = join(root, '404.html');
  return isFile(missing) ? { file: missing, status: 404 } : undefined;
}

/** Returns a path without its encoding; undefined if it is invalid. */
function decode(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return /[\0\\]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

const types: Record<string, string> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

export function contentType(file: string): string {
  return types[extname(file).toLowerCase()] ?? 'application/octet-stream';
}
