import { packageFile } from '../../common/roots.ts';
import { dataFolder, scriptsFolder, secretsFolder, shell, type DataContainer } from '../container.ts';
import type { DataConfig } from '../kind.ts';
import { accountsScript } from './accounts.ts';

/** Share of the memory limit for the cache. The rest is for connections and the server itself. */
const cacheShare = 0.5;

/** The least that the server accepts. */
const leastCache = 0.25;

/** Returns a MongoDB container. The server listens for services once the accounts exist. */
export function mongodbContainer({ port, resources }: DataConfig, database: string): DataContainer {
  const memory = resources?.memory;
  const cache = memory && Math.max(leastCache, Math.floor((memory.bytes * cacheShare * 100) / 2 ** 30) / 100);
  const mongosh = `mongosh --quiet --norc --port ${port}`;
  return {
    command: [
      'sh',
      `${scriptsFolder}/start.sh`,
      ...['--bind_ip_all', '--port', String(port)],
      ...(cache === undefined ? [] : ['--wiredTigerCacheSizeGB', String(cache)]),
    ],
    environment: {
      DATADIR: `${dataFolder}/mongodb`,
      ADDRESS: '127.0.0.1',
      ACCOUNTS: `${secretsFolder}/accounts.js`,
      // mongosh writes its settings.
      HOME: '/tmp',
    },
    port,
    scripts: { 'start.sh': packageFile('infra/data/mongodb/start.sh') },
    secrets: {
      'accounts.js': accountsScript(database),
      // The script ends with an error if the server refuses the password.
      'login.js': ['db.auth("app", "', { passwordOf: 'app' }, '");\n'],
    },
    scratch: ['/tmp'],
    probes: {
      alive: shell(`${mongosh} --eval 'db.adminCommand("ping").ok || quit(1)'`),
      ready: shell(`${mongosh} ${database} ${secretsFolder}/login.js`),
    },
  };
}
