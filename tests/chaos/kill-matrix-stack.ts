import { join } from 'node:path';
import { createSystem, environment, type TestSystem } from '../../infra/targets/testing/system.ts';
import { environmentPaths } from '../../infra/supervisor/paths.ts';
import { readSpec } from '../../infra/supervisor/files.ts';

/** A test system in which every `up` creates a service, updates one after its preDeploy, and deletes one. */
export interface Matrix {
  system: TestSystem;
  /** Folder of the workloads. */
  services: string;
  /** Returns the folder of a service's workload. */
  folder(service: string): string;
  /** Return the service that the next `up` creates, and the one that it deletes. */
  coming(): string;
  leaving(): string;
  /** Writes the next version of the stack. */
  advance(): void;
  /** Returns the URL with the role that reads and writes rows. */
  databaseUrl(): string;
}

export async function createMatrix(): Promise<Matrix> {
  const system = await createSystem('process');
  const { services } = environmentPaths(system.root, environment);
  const folder = (service: string) => join(services, service);
  let version = 0;
  const present = () => (version % 2 === 0 ? 'left' : 'right');
  const absent = () => (version % 2 === 0 ? 'right' : 'left');
  const matrix: Matrix = {
    system,
    services,
    folder,
    coming: present,
    leaving: absent,
    advance() {
      version++;
      system.write('services/main/main.ts', `${server}// Version ${version}\n`);
      system.write('stacks/test.yaml', stack(present()));
    },
    databaseUrl: () => readSpec(folder('main'))?.env['DATABASE_URL'] ?? '',
  };
  system.write('services/main/migrate.ts', migrate);
  system.write('services/other/main.ts', server);
  matrix.advance();
  return matrix;
}

function stack(other: string) {
  const timing = { health: { path: '/health', timeout: '30s' }, drain: '5s' };
  return {
    name: 'matrix',
    services: {
      db: { type: 'postgres' },
      main: {
        source: 'services/main',
        port: 4001,
        replicas: 2,
        preDeploy: { command: 'node migrate.js', variables: { DATABASE_URL: '${{db.OWNER_URL}}' } },
        variables: { DATABASE_URL: '${{db.DATABASE_URL}}' },
        ...timing,
      },
      [other]: {
        source: 'services/other',
        port: other === 'left' ? 4002 : 4003,
        variables: { MAIN_URL: '${{main.URL}}' },
        ...timing,
      },
    },
  };
}

// Slow to get ready and to stop, so that a kill can hit it in between.
const server = `
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

await sleep(400);
const server = createServer((_, response) => response.end('{}'));
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => setTimeout(() => process.exit(0), 400));
`;

// Safe to repeat, as every preDeploy must be.
const migrate = `
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const client = new Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('create table if not exists written (id integer primary key)');
console.log('migrating');
await sleep(600);
await client.end();
`;
