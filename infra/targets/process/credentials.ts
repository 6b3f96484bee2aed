import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Passwords of a data server by role. They stand beside the data, so that they live as long as it does. */
export type Credentials<Role extends string> = Record<Role, string>;

/** Characters that mean nothing in a URL, a configuration file or SQL; 192 bits. */
export function newCredentials<Role extends string>(roles: readonly Role[]): Credentials<Role> {
  return Object.fromEntries(
    roles.map((role) => [role, randomBytes(24).toString('base64url')]),
  ) as Credentials<Role>;
}

export function readCredentials<Role extends string>(folder: string): Credentials<Role> {
  return JSON.parse(readFileSync(credentialsFile(folder), 'utf8')) as Credentials<Role>;
}

/** On disk when it returns: data whose passwords are lost would be of no use. */
export function writeCredentials(folder: string, credentials: Credentials<string>): void {
  const file = openSync(credentialsFile(folder), 'w', 0o600);
  writeSync(file, `${JSON.stringify(credentials, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
}

function credentialsFile(folder: string): string {
  return join(folder, 'credentials.json');
}
