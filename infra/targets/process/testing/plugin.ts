/** What the tests of the plugin share: the real executable, driven over gRPC as the engine drives it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { credentials, type ServiceError } from '@grpc/grpc-js';
import clientProto from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import rpc from '@pulumi/pulumi/proto/provider_pb.js';
import { environmentPaths } from '../paths.ts';
import { stopWorkload } from '../supervisor/control.ts';

export const environment = 'test';

type Client = InstanceType<typeof clientProto.ResourceProviderClient>;
type Callback<Response> = (error: ServiceError | null, response: Response) => void;

const executable = fileURLToPath(new URL('../plugin/pulumi-resource-railhead', import.meta.url));

/** Starts the plugin after a handshake and ends it with the test. */
export async function startPlugin(t: TestContext): Promise<Client> {
  // Without a PATH to find a `node` on, as the engine may start it.
  const child = spawn(executable, ['127.0.0.1:1'], {
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
  const client = new clientProto.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  t.after(async () => {
    client.close();
    child.kill();
    await once(child, 'close');
  });
  await ask<rpc.ProviderHandshakeResponse>((done) =>
    client.handshake(new rpc.ProviderHandshakeRequest().setEngineAddress('127.0.0.1:1'), done),
  );
  return client;
}

export function ask<Response>(call: (done: Callback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}

/** A folder like a clone, which others may pass; what it runs is stopped with the test. */
export function temporaryRoot(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-process-')));
  chmodSync(root, 0o711);
  const { services } = environmentPaths(root, environment);
  mkdirSync(services, { recursive: true });
  t.after(async () => {
    for (const name of readdirSync(services)) await stopWorkload(join(services, name));
    rmSync(root, { recursive: true });
  });
  return root;
}

export function urn(kind: string, name: string): string {
  return `urn:pulumi:${environment}::railhead::railhead:process:${kind}::${name}`;
}
