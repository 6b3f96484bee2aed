import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'vitest';
import { freePort } from '../../../tests/servers.ts';

/** Returns the reason why a test that needs Vault cannot run; undefined if its program is on the PATH. */
export function lacksVault(): string | undefined {
  return spawnSync('vault', ['version']).status === 0
    ? undefined
    : 'there is no program vault on the PATH; CONTRIBUTING.md says how to build it';
}

/** Starts a Vault on loopback, in memory and unsealed, until the test ends. */
export async function startVault(t: TestContext) {
  const address = `http://127.0.0.1:${await freePort()}`;
  const root = `root-${randomBytes(12).toString('hex')}`;
  const home = mkdtempSync(join(tmpdir(), 'railhead-vault-'));
  const listen = `-dev-listen-address=${new URL(address).host}`;
  const child = spawn('vault', ['server', '-dev', '-dev-no-store-token', listen], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, VAULT_DEV_ROOT_TOKEN_ID: root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const stop = async () => {
    child.kill();
    await ended;
  };
  t.onTestFinished(async () => {
    await stop();
    rmSync(home, { recursive: true });
  });
  await started(child, ended);

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${address}/v1/${path}`, {
      method,
      headers: { 'X-Vault-Token': root },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Vault answered ${response.status} to ${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  return {
    address,
    /** Writes a new version of a secret in the engine `secret`. */
    write: (path: string, data: object) => call('POST', `secret/data/${path}`, { data }),
    /** Deletes the newest version of a secret. */
    remove: (path: string) => call('DELETE', `secret/data/${path}`),
    /** Returns a token that can read one secret, and nothing else. */
    async tokenFor(path: string): Promise<string> {
      const policy = `path "secret/data/${path}" { capabilities = ["read"] }`;
      await call('PUT', 'sys/policies/acl/reader', { policy });
      const made = (await call('POST', 'auth/token/create', { policies: ['reader'] })) as {
        auth: { client_token: string };
      };
      return made.auth.client_token;
    },
    revoke: (token: string) => call('POST', 'auth/token/revoke', { token }),
    seal: () => call('PUT', 'sys/seal'),
    stop,
  };
}

/** Resolves once Vault says that it has started. Rejects with its output if it ends before. */
async function started(child: ReturnType<typeof spawn>, ended: Promise<void>): Promise<void> {
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream! }).on('line', (line) => {
        lines.push(line);
        if (line.includes('Vault server started')) resolve();
      });
    void ended.then(() => reject(new Error(`Vault ended:\n${lines.join('\n')}`)));
  });
}
