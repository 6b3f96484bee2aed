import { packageFile } from '../../common/roots.ts';
import { dataFolder, scriptsFolder, secretsFolder, shell, type DataContainer } from '../container.ts';
import type { DataConfig } from '../kind.ts';
import { accountsFile, administrator, serverArgs } from './server.ts';

/** Share of the memory limit that the server uses before it collects garbage often. */
const memoryShare = 0.8;

/** Returns an S3 container, which is ready when its buckets exist. */
export function s3Container({ port, resources, buckets = [] }: DataConfig): DataContainer {
  const memory = resources?.memory;
  const answers = `wget -q -O /dev/null http://127.0.0.1:${port}/health`;
  return {
    command: [
      'sh',
      `${scriptsFolder}/start.sh`,
      ...serverArgs({ address: '', port, accounts: '/tmp/accounts' }),
    ],
    environment: {
      DATA: `${dataFolder}/s3`,
      SECRETS: secretsFolder,
      BUCKETS: buckets.join(' '),
      ROOT_ACCESS_KEY: administrator,
      ADMIN_ACCESS_KEY: administrator,
      ADMIN_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      ...(memory !== undefined && { GOMEMLIMIT: String(Math.floor(memory.bytes * memoryShare)) }),
    },
    port,
    scripts: { 'start.sh': packageFile('infra/data/s3/start.sh') },
    secrets: { superuser: [{ passwordOf: 'superuser' }], 'users.json': accountsFile },
    scratch: ['/tmp'],
    probes: { alive: shell(answers), ready: shell(`[ -e /tmp/buckets-are-there ] && ${answers}`) },
  };
}
