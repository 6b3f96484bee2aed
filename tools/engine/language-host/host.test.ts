import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, test } from 'vitest';
import { credentials, status, type ServiceError } from '@grpc/grpc-js';
import rpc from '@pulumi/pulumi/proto/language_grpc_pb.js';
import language from '@pulumi/pulumi/proto/language_pb.js';
import type plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

const host = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '127.0.0.1:1'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
let client: rpc.LanguageRuntimeClient;

beforeAll(async () => {
  const [port] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
  client = new rpc.LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
});
afterAll(() => {
  client.close();
  host.kill();
});

type Callback<Response> = (error: ServiceError | null, response: Response) => void;

function call<Response>(method: (callback: Callback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    method((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}

test('it reports the version of the SDK and requires no plugins', async () => {
  const info = await call<plugin.PluginInfo>((done) => client.getPluginInfo(new empty.Empty(), done));
  assert.match(info.getVersion(), /^3\.\d+\.\d+$/);
  const request = new language.GetRequiredPackagesRequest();
  const required = await call<language.GetRequiredPackagesResponse>((done) =>
    client.getRequiredPackages(request, done),
  );
  assert.deepEqual(required.getPackagesList(), []);
});

test('about reports the Node in use, and dependencies come from package-lock.json', async () => {
  const about = await call<language.AboutResponse>((done) => client.about(new language.AboutRequest(), done));
  assert.equal(about.getVersion(), process.version);
  const info = new language.ProgramInfo().setProgramDirectory(import.meta.dirname);
  const list = async (transitive: boolean) => {
    const request = new language.GetProgramDependenciesRequest()
      .setInfo(info)
      .setTransitivedependencies(transitive);
    const response = await call<language.GetProgramDependenciesResponse>((done) =>
      client.getProgramDependencies(request, done),
    );
    return response.toObject().dependenciesList;
  };
  const direct = await list(false);
  assert.ok(direct.some(({ name, version }) => name === '@pulumi/pulumi' && version !== ''));
  assert.ok((await list(true)).length > direct.length);
});

test('the error for a folder without the SDK has the install command', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  writeFileSync(join(folder, 'index.js'), '');
  const info = new language.ProgramInfo().setProgramDirectory(folder);
  const run = call((done) => client.run(new language.RunRequest().setInfo(info), done));
  await assert
    .rejects(run, /is not installed for .*Run: npm ci/)
    .finally(() => rmSync(folder, { recursive: true }));
});

test('methods that only the official host has are unimplemented', async () => {
  const request = new language.GeneratePackageRequest();
  const generate = call((done) => client.generatePackage(request, done));
  await assert.rejects(generate, { code: status.UNIMPLEMENTED });
});

test('it ends when the engine that started it ends', { timeout: 60_000 }, async () => {
  host.stdin.end();
  const [code] = (await once(host, 'exit')) as [number];
  assert.equal(code, 0);
});
