/** Helpers for the plugin's tests: they start the real executable and call it over gRPC like the engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'vitest';
import { credentials, type ServiceError } from '@grpc/grpc-js';
import clientProto from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import rpc from '@pulumi/pulumi/proto/provider_pb.js';
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js';
import { builtFile } from '../../../common/roots.ts';
import { environmentPaths } from '../../../supervisor/paths.ts';
import { encodeProperties, type Properties } from '../../../provider/wire.ts';
import { stopWorkload } from '../../../supervisor/control.ts';

export const environment = 'test';

type Callback<Response> = (error: ServiceError | null, response: Response) => void;

const executable = builtFile('plugin/pulumi-resource-railhead');

/** Starts the plugin and waits for its handshake. The plugin ends with the test. Calls reject with gRPC errors. */
export async function startPlugin(t: TestContext) {
  // The engine may start the plugin with a PATH without the right `node`, and starts it with this umask.
  const umask = process.umask(0o077);
  const child = spawn(executable, ['127.0.0.1:1'], {
    env: { ...process.env, PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  process.umask(umask);
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
  const client = new clientProto.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'close');
  };
  t.onTestFinished(async () => {
    client.close();
    await end('SIGTERM');
  });
  await ask((done) =>
    client.handshake(new rpc.ProviderHandshakeRequest().setEngineAddress('127.0.0.1:1'), done),
  );

  return {
    check: (urn: string, news: Properties) =>
      ask<rpc.CheckResponse>((done) =>
        client.check(new rpc.CheckRequest().setUrn(urn).setNews(encode(news)), done),
      ),
    diff: (urn: string, olds: Properties, news: Properties) =>
      ask<rpc.DiffResponse>((done) =>
        client.diff(new rpc.DiffRequest().setUrn(urn).setOldInputs(encode(olds)).setNews(encode(news)), done),
      ),
    create: (urn: string, inputs: Properties, preview = false) =>
      ask<rpc.CreateResponse>((done) =>
        client.create(
          new rpc.CreateRequest().setUrn(urn).setProperties(encode(inputs)).setPreview(preview),
          done,
        ),
      ),
    read: (urn: string, inputs: Properties) =>
      ask<rpc.ReadResponse>((done) =>
        client.read(new rpc.ReadRequest().setUrn(urn).setId(idOf(inputs)).setInputs(encode(inputs)), done),
      ),
    update: (urn: string, news: Properties) =>
      ask<rpc.UpdateResponse>((done) =>
        client.update(new rpc.UpdateRequest().setUrn(urn).setId(idOf(news)).setNews(encode(news)), done),
      ),
    delete: (urn: string, inputs: Properties) =>
      ask<emptyProto.Empty>((done) =>
        client.delete(
          new rpc.DeleteRequest().setUrn(urn).setId(idOf(inputs)).setOldInputs(encode(inputs)),
          done,
        ),
      ),
    /** Closes stdin, as the end of the engine does. Resolves when the plugin has ended by itself. */
    async leave() {
      child.stdin.end();
      await once(child, 'close');
    },
    /** Kills the plugin, like a crash. All running calls reject. */
    kill: () => end('SIGKILL'),
    cancel: () => ask<emptyProto.Empty>((done) => client.cancel(new emptyProto.Empty(), done)),
  };
}

function ask<Response>(call: (done: Callback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}

function encode({ values, secrets }: Properties) {
  return encodeProperties(values, secrets);
}

function idOf({ values }: Properties): string {
  return `${environment}/${String(values.name)}`;
}

/** Creates a folder like a clone, through which other users can pass. Its workloads are stopped at the end of the test. */
export function temporaryRoot(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-process-')));
  chmodSync(root, 0o711);
  const { services } = environmentPaths(root, environment);
  mkdirSync(services, { recursive: true });
  t.onTestFinished(async () => {
    for (const name of readdirSync(services)) await stopWorkload(join(services, name));
    rmSync(root, { recursive: true });
  });
  return root;
}

export function urn(kind: string, name: string): string {
  return `urn:pulumi:${environment}::railhead::railhead:process:${kind}::${name}`;
}
