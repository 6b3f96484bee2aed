import type { TestSystem } from './system.ts';

export const ports = { first: 4001, second: 4002 } as const;

/** A further port of `first`, at which it greets every connection. */
const greetingPort = 4003;

/** A file of the repository, and the folder in which `first` finds it. */
export const mountedSource = 'config/greeting.txt';
const mountedFolder = '/etc/contract/';

/** The check of `first`. A service that waits for `first` finds it only if this check waits until it listens. */
const listens: object = { tcp: true, timeout: '2m' };

/** A file in the folder of the repository that `first` sees as it is. */
export const boundFile = 'content/page.txt';

/** Returns the contract stack: a data server, two HTTP services, one needs the other, a service that runs once, and a cron service. */
export function contractStack({
  greeting = 'hello',
  token = '${{secret.TOKEN}}',
  restart = 'never',
  health = listens,
  mountsFiles = false,
  mountsFolders = false,
  published = 0,
} = {}) {
  return {
    name: 'contract',
    // Without limits and several replicas, `railhead up` refuses other stages.
    policy: { stage: 'development' },
    // The storage class of the test's cluster has no other access.
    volumes: {
      notes: { size: '1Gi', access: 'ReadWriteOnce' },
      drafts: { size: '1Gi', access: 'ReadWriteOnce' },
    },
    services: {
      store: { type: 'redis' },
      first: {
        source: 'services/first',
        port: ports.first,
        ports: { greeting: greetingPort },
        publish: { greeting: published },
        volumes: { notes: '/var/lib/notes', drafts: '/var/lib/drafts' },
        health,
        variables: { GREETING: greeting, TOKEN: token },
        ...(mountsFolders && {
          bindMounts: { content: { source: 'content', path: '/srv/content', readOnly: true } },
        }),
        ...(mountsFiles && {
          files: [
            { path: mountedFolder + 'greeting', source: mountedSource },
            { path: mountedFolder + 'token', content: 'token ${{secret.TOKEN}}' },
          ],
        }),
      },
      second: {
        source: 'services/second',
        port: ports.second,
        replicas: 3,
        preDeploy: { command: 'node prepare.js', migrations: 'migrations/*.sql' },
        health: { path: '/health', timeout: '2m' },
        restart: { policy: restart },
        dependsOn: { init: 'completed' },
        volumes: { notes: { path: '/srv/notes', readOnly: true } },
        variables: {
          STORE_URL: '${{store.REDIS_URL}}',
          FIRST_URL: '${{first.URL}}',
          GREETING: '${{first.GREETING_ADDRESS}}',
        },
      },
      init: {
        source: 'services/init',
        restart: 'never',
        variables: { STORE_URL: '${{store.REDIS_URL}}' },
      },
      tick: {
        source: 'services/tick',
        // The schedule never ticks during a test run.
        cron: { schedule: '0 0 31 12 *', timezone: 'Europe/Zurich' },
        variables: { STORE_URL: '${{store.REDIS_URL}}' },
      },
    },
  };
}

/** The migrations of `second` in the order of their bytes, and the file that undoes one of them. */
export const migrations = ['1-create.down.sql', '1-create.sql', '10-fill.sql', '2-change.sql'];

export function writeContractServices(
  system: TestSystem,
  { version = '1', prepareFails = false, init = '1' } = {},
): void {
  system.write('services/answer.ts', answer);
  system.write(mountedSource, 'good morning');
  system.write(boundFile, 'first page');
  system.write('services/first/main.ts', first);
  system.write('services/second/main.ts', second(version));
  system.write('services/second/prepare.ts', prepareFails ? failingPrepare : prepare);
  for (const name of migrations) system.write(`services/second/migrations/${name}`, `-- ${name}`);
  system.write('services/tick/main.ts', tick);
  system.write('services/init/main.ts', init === 'fails' ? failingInit : filling(init));
}

const answer = `
import { createServer } from 'node:http';

export function answer(reply: (path: string) => object | Promise<object>) {
  const server = createServer(async (request, response) => {
    if (request.url === '/gone') response.statusCode = 404;
    response.end(JSON.stringify(request.url === '/health' ? {} : await reply(request.url ?? '/')));
  });
  server.listen(Number(process.env.PORT), process.env.HOST);
  process.on('SIGTERM', () => server.close(() => process.exit(0)));
}
`;

// The service starts slowly: a service that does not wait for it gets no connection.
const first = `
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from '../answer.ts';

await sleep(500);
const read = (name: string) => readFileSync('${mountedFolder}' + name, 'utf8');
createServer((socket) => socket.end(process.env.GREETING)).listen(Number(process.env.GREETING_PORT), process.env.HOST);
answer((path) => {
  const { NOTES_VOLUME_PATH: shared, DRAFTS_VOLUME_PATH: drafts } = process.env;
  if (path === '/note') for (const folder of [shared, drafts]) appendFileSync(folder + '/note', 'x');
  if (path === '/note') return { draft: readFileSync(drafts + '/note', 'utf8') };
  if (path === '/page') return { page: readFileSync(process.env.CONTENT_MOUNT_PATH + '/page.txt', 'utf8') };
  return path === '/files'
    ? { greeting: read('greeting'), token: read('token') }
    : { greeting: process.env.GREETING, token: process.env.TOKEN };
});
`;

const second = (version: string) => `
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { answer } from '../answer.ts';

const [host, port] = process.env.GREETING!.split(':');
const { greeting } = await (await fetch(process.env.FIRST_URL!)).json();
const store = new Redis(process.env.STORE_URL!);
const filled = await store.get('filled');
answer(async (path) => {
  if (path === '/prepared') {
    const [count, migrations] = await store.mget('prepared', 'migrations');
    return { count: Number(count), migrations };
  }
  if (path === '/note') return { note: readFileSync(process.env.NOTES_VOLUME_PATH + '/note', 'utf8') };
  if (path === '/greeting') return { greeting: await text(connect(Number(port), host)) };
  if (path === '/filled') return { filled: await store.get('filled') };
  if (path === '/finish') return { until: await store.incr('finish') };
  if (path === '/ticks') {
    const [begun, ended] = await store.mget('begun', 'ended');
    return { begun: Number(begun), running: Number(begun) - Number(ended) };
  }
  return { version: '${version}', firstAnswered: greeting, filled, replica: process.env.RAILWAY_REPLICA_ID };
});
process.on('SIGTERM', () => store.disconnect());
`;

const prepare = `
import { readdirSync, readFileSync } from 'node:fs';
import { Redis } from 'ioredis';

const store = new Redis(process.env.STORE_URL!);
const files = readdirSync('migrations').toSorted();
await store.set('migrations', files.map((file) => readFileSync('migrations/' + file, 'utf8')).join());
await store.incr('prepared');
store.disconnect();
`;

const failingPrepare = `
console.log('preparing goes wrong');
process.exit(1);
`;

// It takes a while: a service that does not wait for its end finds nothing.
const filling = (version: string) => `
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const store = new Redis(process.env.STORE_URL!);
await sleep(500);
await store.append('filled', '${version}');
store.disconnect();
`;

const failingInit = `
console.log('filling goes wrong');
process.exit(3);
`;

const tick = `
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const store = new Redis(process.env.STORE_URL!);
const run = await store.incr('begun');
// The run lasts until the test ends it, also on a busy machine.
while (Number(await store.get('finish')) < run) await sleep(50);
await store.incr('ended');
store.disconnect();
`;
