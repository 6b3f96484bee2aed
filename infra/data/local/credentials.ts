import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The passwords of a data server by role. They are stored with the data and live as long as the data. */
export type Credentials<Role extends string> = Record<Role, string>;

/** Returns new random passwords: 192 bits, of characters without a special meaning in URLs, configuration files and SQL. */
export function newCredentials<Role extends string>(roles: readonly Role[]): Credentials<Role> {
  return Object.fromEntries(
    roles.map((role) => [role, randomBytes(24).toString('base64url')]),
  ) as Credentials<Role>;
}

export function readCredentials<Role extends string>(folder: string): Credentials<Role> {
  return JSON.parse(readFileSync(credentialsFile(folder), 'utf8')) as Credentials<Role>;
}

/** Writes the passwords and syncs the file to disk: without its passwords, data cannot be used. */
export function writeCredentials(folder: string, credentials: Credentials<string>): void {
  const file = openSync(credentialsFile(folder), 'w', 0o600);
  writeSync(file, `${JSON.stringify(credentials, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
}

function credentialsFile(folder: string): string {
  return join(folder, 'credentials.json');
}
