import type { Folder } from './folder.ts';
import { dependenciesOf, scriptsOf } from './scripts.ts';

/** Commands that run while someone develops. They serve no users. */
const development =
  /^(?:npx )?(nodemon|vite|ng serve|react-scripts start|webpack(?:-dev-server| serve)|(next|astro|nuxt|remix|gatsby) (dev|preview|develop)|tsx watch|parcel|expo)\b/;

/** Returns the default start command of a folder; undefined for `node main.js`, and if the folder shows none. */
export function startOf(folder: Folder): string | undefined {
  if (folder.has('main.ts')) return undefined;
  const scripts = scriptsOf(folder, 'package.json', 'scripts');
  const start = scripts['start']?.trim();
  if (start?.startsWith('node ')) return start;
  // `nest start` compiles, with packages that only a build has.
  if (start?.startsWith('nest start')) return scripts['start:prod'] ?? 'node dist/main.js';
  if (start === 'next start') return nextStart;
  if (start !== undefined && !development.test(start)) return 'npm start';
  if (folder.has('main.js')) return undefined;
  const packages = dependenciesOf(folder);
  if (packages.has('next')) return nextStart;
  if (packages.has('nuxt')) return 'node .output/server/index.mjs';
  return packages.has('@sveltejs/adapter-node') ? 'node build/index.js' : undefined;
}

/** Next.js reads its port from a variable, and its address from an option alone. */
const nextStart = 'npx next start -H $HOST -p $PORT';

/** Programs of packages that make a site of files. */
const siteBuilders = ['vite', 'react-scripts', 'astro', 'gatsby', '@11ty/eleventy'];

/** Packages whose sites need a server of their own. */
const servers =
  /^(next|nuxt|vinxi|nitro|express|fastify|@astrojs\/node|@sveltejs\/kit|@remix-run\/.*|@react-router\/.*|@tanstack\/.*-start|@solidjs\/start|@builder\.io\/qwik-city)$/;

/** Returns what shows that a folder is built to a site of files: `vite in package.json`. Undefined if it starts a program. */
export function siteBuilder(folder: Folder): string | undefined {
  const { build, start } = scriptsOf(folder, 'package.json', 'scripts');
  if (build === undefined || (start !== undefined && !development.test(start))) return undefined;
  const packages = [...dependenciesOf(folder)];
  if (packages.includes('next')) return exportsFiles(folder) ? 'next in package.json' : undefined;
  if (packages.some((name) => servers.test(name))) return undefined;
  const builder = siteBuilders.find((name) => packages.includes(name));
  return builder && `${builder} in package.json`;
}

function exportsFiles(folder: Folder): boolean {
  const files = ['next.config.js', 'next.config.mjs', 'next.config.ts'];
  return files.some((file) => /\boutput\s*:\s*["']export["']/.test(folder.text(file)));
}
