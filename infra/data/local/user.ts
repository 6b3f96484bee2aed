import { readFileSync } from 'node:fs';
import { runsAsRoot } from '../../../tools/tool-cache.ts';
import { UserError } from '../../../tools/user-error.ts';

export interface SystemUser {
  uid: number;
  gid: number;
}

/**
 * Returns the system user that runs a server which refuses to run as root: `usual` if it exists, otherwise the unprivileged
 * user `nobody`. Returns undefined if the current user is not root. Throws UserError if neither user exists.
 */
export function serverUser(title: string, usual: string): SystemUser | undefined {
  if (!runsAsRoot()) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const findUser = (name: string) => users.find(([user]) => user === name);
  const found = findUser(usual) ?? findUser('nobody');
  if (found === undefined) {
    throw new UserError(
      `${title} cannot run as root, and the system users \`${usual}\` and \`nobody\` do not exist. Create one of them: useradd --system ${usual}`,
    );
  }
  return { uid: Number(found[2]), gid: Number(found[3]) };
}
