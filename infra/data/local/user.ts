import { readFileSync } from 'node:fs';
import { runsAsRoot } from '../../../tools/tool-cache.ts';
import { UserError } from '../../../tools/user-error.ts';

export interface SystemUser {
  uid: number;
  gid: number;
}

/**
 * Returns the user that runs a server which refuses to run as root: `usual`, or else `nobody`. Undefined for an ordinary user,
 * who runs the server. Throws UserError if the machine has neither.
 */
export function serverUser(title: string, usual: string): SystemUser | undefined {
  if (!runsAsRoot()) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = [usual, 'nobody'].map((name) => users.find(([user]) => user === name)).find(Boolean);
  if (found === undefined) {
    throw new UserError(
      `${title} refuses to run as root, and this machine has neither a user \`${usual}\` nor a user \`nobody\`. Create one: useradd --system ${usual}`,
    );
  }
  return { uid: Number(found[2]), gid: Number(found[3]) };
}
