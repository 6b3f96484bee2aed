import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, makePassableFolder } from '../../common/folders.ts';

/** The passwords of a data server by role. They are stored with the data and live as long as the data. */
export type Credentials<Role extends string> = Record<Role, string>;

/** Returns new random passwords: 192 bits, of characters without a special meaning in URLs, configuration files and SQL. */
export function newCredentials<Role extends string>(roles: readonly Role[]): Credentials<Role> {
  return Object.fromEntries(
    roles.map((role) => [role, randomBytes(24).toString('base64url')]),
  ) as Credentials<Role>;
}

/**
 * Creates the folder of a server, and passwords in it if it has none. Returns the passwords. Only the current user can read
 * the folder, but its parent can contain folders of servers that run as other users.
 */
export function ensureCredentials<Role extends string>(
  folder: string,
  roles: readonly Role[],
): Credentials<Role> {
  makePassableFolder(dirname(folder));
  makeFolder(folder, 0o700);
  if (!existsSync(credentialsFile(folder))) writeCredentials(folder, newCredentials(roles));
  return readCredentials(folder);
}

export function readCredentials<Role extends string>(folder: string): Credentials<Role> {
  return JSON.parse(readFileSync(credentialsFile(folder), 'utf8')) as Credentials<Role>;
}

/**
 * Writes the passwords and syncs the file to disk: without its passwords, data cannot be used. The file gets its name only
 * when it is complete.
 */
export function writeCredentials(folder: string, credentials: Credentials<string>): void {
  const path = credentialsFile(folder);
  const file = openSync(`${path}.unfinished`, 'w', 0o600);
  writeSync(file, `${JSON.stringify(credentials, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.unfinished`, path);
}

function credentialsFile(folder: string): string {
  return join(folder, 'credentials.json');
}
