import { readFileSync } from 'node:fs';
import { runsAsRoot } from '../../../tools/tool-cache.ts';
import { UserError } from '../../../tools/user-error.ts';

export interface SystemUser {
  uid: number;
  gid: number;
}

/** Returns the user that runs Postgres in place of root, which Postgres refuses; undefined for an ordinary user. */
export function postgresUser(): SystemUser | undefined {
  if (!runsAsRoot()) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => users.find(([user]) => user === name)).find(Boolean);
  if (found === undefined) {
    throw new UserError(
      'Postgres refuses to run as root, and this machine has neither a user `postgres` nor a user `nobody`. Create one: useradd --system postgres',
    );
  }
  return { uid: Number(found[2]), gid: Number(found[3]) };
}
