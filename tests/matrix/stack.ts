import type { TestSystem } from '../../infra/targets/testing/system.ts';

/** What somebody wants to run, as far as it changes from one `up` to the next. */
export interface Wish {
  /** Versions of the two services: each is in the source, so that another one is another artifact. */
  api: number;
  web: number;
  /** What else the stack file says of a service, of the gateway and of images. */
  changes: Changes;
}

export type Changes = Partial<
  Record<'store' | 'api' | 'web', object> & { gateway: { port: number; hosts?: string[] }; images: object }
>;

/** Returns the `name:` of the stack file. It is unique, because concurrent runs share a daemon and a cluster. */
export const stackOf = (target: string) => `matrix-${target}-${process.pid}`;

/** Two tiny services behind the gateway, and Redis, which holds data and what breaks the next version of `api`. */
export function writeWish(target: string, system: TestSystem, { api, web, changes }: Wish): void {
  system.write('services/api/main.ts', apiProgram(api));
  system.write('services/api/prepare.ts', prepareProgram(api));
  system.write('services/web/main.js', webProgram(web));
  system.write('services/web/build.sh', `test ! -e ${brokenBuild(system)}\n`);
  // Seconds: what fails shall fail soon, and a busy machine needs some to start a process.
  const timing = { restart: { maxRetries: 1 }, drain: '2s', minReady: 0 };
  system.write('stacks/test.yaml', {
    name: stackOf(target),
    policy: { stage: 'development' },
    images: changes.images ?? {},
    services: {
      store: { type: 'redis', ...changes.store },
      api: {
        source: 'services/api',
        port: 4001,
        preDeploy: 'node prepare.js',
        health: { path: '/api/health', timeout: '20s' },
        variables: { STORE_URL: '${{store.REDIS_URL}}' },
        ...timing,
        ...changes.api,
      },
      web: {
        source: 'services/web',
        build: 'sh build.sh',
        start: 'node main.js',
        port: 4002,
        health: { path: '/health', timeout: '20s' },
        ...timing,
        ...changes.web,
      },
    },
    gateway: {
      routes: [
        { path: '/api/*', to: 'api' },
        { path: '/*', to: 'web' },
      ],
      ...changes.gateway,
    },
  });
}

/** While this file is there no build succeeds; it is part of no artifact. */
export function brokenBuild({ root }: TestSystem): string {
  return `${root}/broken-build`;
}

const apiProgram = (version: number) => `
import { createServer } from 'node:http';
import { Redis } from 'ioredis';

const store = new Redis(process.env.STORE_URL!);
store.on('error', () => {});
if ((await store.get('broken')) === 'rollout ${version}') throw new Error('version ${version} does not start');

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://api');
  const value = searchParams.get('value')!;
  if (pathname === '/api/keep') await store.sadd('kept', value);
  if (pathname === '/api/break') await store.set('broken', value);
  response.end(pathname === '/api/kept' ? JSON.stringify(await store.smembers('kept')) : 'api ${version}');
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => {
  server.close();
  store.disconnect();
});
`;

const prepareProgram = (version: number) => `
import { Redis } from 'ioredis';

const store = new Redis(process.env.STORE_URL!);
if ((await store.get('broken')) === 'preDeploy ${version}') throw new Error('version ${version} cannot prepare');
store.disconnect();
`;

const webProgram = (version: number) => `
import { createServer } from 'node:http';

const server = createServer((_, response) => response.end('web ${version}'));
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close());
`;
