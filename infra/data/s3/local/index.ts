import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { capture } from '../../../../tools/command.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { ensureCredentials } from '../../local/credentials.ts';
import { localServers, type LocalOptions, type ServerProcess } from '../../local/server.ts';
import { fillPasswords } from '../../text.ts';
import { accountsFile, administrator, serverArgs } from '../server.ts';
import { ensureS3, findS3, type S3Server } from './find.ts';

/** Milliseconds to wait for the server. */
const patience = 60_000;

export const servers = localServers(findS3, ensureS3, describe);

function describe(server: S3Server) {
  const { version, origin } = server;
  return {
    description: `Versity S3 Gateway ${version}`,
    origin,
    prepare: (options: LocalOptions) => Promise.resolve(prepare(server, options)),
  };
}

function prepare(
  { executable }: S3Server,
  { folder, host, port, buckets = [] }: LocalOptions,
): ServerProcess {
  const credentials = ensureCredentials(folder, ['superuser', 'app']);
  const [data, accounts, secret] = [
    join(folder, 'buckets'),
    join(folder, 'accounts'),
    join(folder, 'secret'),
  ];
  for (const path of [data, accounts]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const write = (path: string, text: string) => writeFileSync(path, text, { mode: 0o600 });
  write(join(accounts, 'users.json'), fillPasswords(accountsFile, credentials));
  write(secret, credentials.superuser);
  return {
    command: [
      ...['/bin/sh', '-c', startScript, 'sh', secret],
      ...[executable, ...serverArgs({ address: host, port, accounts }), data],
    ],
    cwd: folder,
    stop: { signal: 'SIGTERM', grace: 30 },
    passwords: credentials,
    async complete({ progress, signal }) {
      progress('creating the buckets');
      for (const bucket of buckets) {
        await ensureBucket(bucket, {
          executable,
          url: `http://${host}:${port}`,
          secret: credentials.superuser,
          signal,
        });
      }
    },
  };
}

/**
 * The server reads its secret from a variable, which this script sets: the variables of a workload are written to files, and
 * its arguments are public.
 */
const startScript = `ROOT_ACCESS_KEY=${administrator} ROOT_SECRET_KEY=$(cat "$1")
export ROOT_ACCESS_KEY ROOT_SECRET_KEY
shift
exec "$@"`;

interface Admin {
  executable: string;
  url: string;
  secret: string;
  signal: AbortSignal;
}

/** Creates a bucket if it does not exist. Throws UserError if the server does not answer. */
async function ensureBucket(bucket: string, { executable, url, secret, signal }: Admin): Promise<void> {
  const deadline = Date.now() + patience;
  const env = {
    ADMIN_ACCESS_KEY: administrator,
    ADMIN_SECRET_KEY: secret,
    ADMIN_ENDPOINT_URL: url,
  };
  for (;;) {
    const { code, stdout, problem } = await capture(
      executable,
      ['admin', 'create-bucket', '--owner', 'app', '--bucket', bucket],
      { env: { ...process.env, ...env } },
    );
    const answer = `${stdout}\n${problem}`;
    if (code === 0 || answer.includes('BucketAlreadyOwnedByYou')) return;
    if (!answer.includes('connection refused') || Date.now() > deadline)
      throw new UserError(`The S3 server could not create the bucket ${bucket}: ${answer.trim()}`);
    await sleep(200, undefined, { signal });
  }
}
