import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../tools/testing/eventually.ts';
import { pathFolders, resolveExecutable } from '../../tools/executables.ts';
import { freePort } from '../../tests/servers.ts';

/** Finds HAProxy on the PATH. */
export function findHaproxy(): string | undefined {
  return pathFolders()
    .map((folder) => resolveExecutable(folder, 'haproxy'))
    .find((file) => file !== undefined);
}

/** Starts HAProxy with one thread, since our balancer has one, in front of one replica. Resolves once it responds. */
export async function startHaproxy(haproxy: string, origin: string) {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  const address = `127.0.0.1:${await freePort()}`;
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, configuration(address, new URL(origin).host));
  const child = spawn(haproxy, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  };
  const url = `http://${address}`;
  try {
    await eventually(async () => (await fetch(url)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Retries, reuses connections and balances as our balancer does. */
function configuration(address: string, origin: string): string {
  return `
global
  nbthread 1
defaults
  mode http
  timeout connect 1s
  timeout client 1h
  timeout server 1h
  retries 3
  option redispatch 1
  retry-on conn-failure empty-response
listen balancer
  bind ${address}
  http-request disable-l7-retry unless METH_GET or { method HEAD OPTIONS }
  balance leastconn
  server origin ${origin}
`;
}
