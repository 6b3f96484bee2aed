import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { vi, type TestContext } from 'vitest';
import { freePort } from '../../tests/servers.ts';
import { unless } from '../../tools/testing/unless.ts';
import { packageRoot } from '../common/roots.ts';
import { historyDocumentSchema } from '../delivery/history/document.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import {
  createSystem,
  environment,
  fail,
  lacksEngine,
  succeed,
  type EngineRun,
} from '../targets/testing/system.ts';
import { lacksVault, startVault } from './testing/vault.ts';

const path = 'shop/smtp';
const first = 'canary-first-7d20b1';
const second = 'canary-second-7d20b1';
/** The files from which a supervisor starts replicas after a restart of the machine. */
const folder = `.railhead/${environment}/services/api/`;

const main = `
import { createServer } from 'node:http';
const { HOST, PORT, PASSWORD, VAULT_TOKEN } = process.env;
const reply = JSON.stringify({ password: PASSWORD, token: VAULT_TOKEN ?? null, pid: process.pid });
createServer((_, response) => response.end(reply)).listen(Number(PORT), HOST);
`;

const { test } = unless((await lacksEngine()) ?? lacksVault());

test('a secret of Vault reaches its service with each update, is in no output or state, and is needed', async (t) => {
  const { vault, token, system, run, reply, shown } = await openShop(t);
  const at = `Vault at ${vault.address}`;
  assert.match(
    await fail(run('up')),
    new RegExp(`${at} has no secret secret/shop/smtp\\. Next: vault kv put`),
  );
  assert.deepEqual(resourcesIn(system.state()), []);

  await vault.write(path, { password: first });
  await succeed(run('up'));
  const { password, token: given } = await reply();
  assert.deepEqual([password, given], [first, null]);
  assertPrivate(system.root, first);

  await vault.write(path, { password: second });
  assert.deepEqual((await succeed(run('up'))).changed, ['api']);
  assert.equal((await reply()).password, second);
  assert.deepEqual(filesWith(system.root, first), []);
  assertPrivate(system.root, second);

  const before = { reply: await reply(), resources: resourcesIn(system.state()) };
  const refuses = async (reason: string) => {
    assert.match(await fail(run('up')), new RegExp(reason));
    assert.deepEqual({ reply: await reply(), resources: resourcesIn(system.state()) }, before);
  };
  await vault.write(path, { user: 'shop' });
  await refuses('secret/shop/smtp in Vault has no text "password"\\. Its fields: user\\.');
  await vault.remove(path);
  await refuses(`${at} has no secret secret/shop/smtp\\.`);
  await vault.revoke(token);
  await refuses(`${at} refuses to read secret/shop/smtp: .*permission denied.* Next: get a new VAULT_TOKEN`);
  await vault.seal();
  await refuses(`${at} answered 503 for secret/shop/smtp: Vault is sealed\\.`);
  await vault.stop();
  await refuses(`${at} cannot be reached: connect ECONNREFUSED`);
  const { output } = await succeed(run('history', '--json'));
  const { updates } = historyDocumentSchema.parse(JSON.parse(output));
  const results = updates.map(({ number, ending }) => [number, ending?.changes.length]);
  assert.deepEqual(results.toReversed(), [
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 0],
    [5, 0],
    [6, 0],
    [7, 0],
    [8, 0],
  ]);
  for (const hidden of [first, second, token])
    assert.deepEqual(
      shown().filter((text) => text.includes(hidden)),
      [],
    );
  assert.deepEqual(filesWith(system.root, token), []);
});

/** Starts a Vault, and makes a system on processes whose program is the example. */
async function openShop(t: TestContext) {
  const vault = await startVault(t);
  const token = await vault.tokenFor(path);
  vi.stubEnv('VAULT_ADDR', vault.address);
  vi.stubEnv('VAULT_TOKEN', token);
  t.onTestFinished(() => void vi.unstubAllEnvs());
  const system = await createSystem('process');
  t.onTestFinished(() => system.close());
  const port = await freePort();
  const variables = { PASSWORD: '${{pulumi.SMTP_PASSWORD}}' };
  const api = { source: 'api', port, health: { path: '/', timeout: '60s' }, variables };
  const policy = { stage: 'development' };
  system.write('stacks/test.yaml', { name: 'shop', policy, services: { api } });
  system.write('api/main.ts', main);
  system.write('infra/index.ts', readFileSync(join(packageRoot, 'infra/examples/vault-secret.ts'), 'utf8'));
  const outputs: string[] = [];
  return {
    ...{ vault, token, system },
    run: async (command: string, ...args: string[]): Promise<EngineRun> => {
      const found = await system.railhead(command, ...args);
      outputs.push(found.output);
      return found;
    },
    reply: async () => {
      const response = await fetch(`http://${loopbackAddress(system.root, environment)}:${port}`);
      return (await response.json()) as { password: string; token: string | null; pid: number };
    },
    /** Returns the outputs of all commands, and the state. */
    shown: () => [...outputs, system.state()],
  };
}

/** Returns the URNs of the resources in a state, without those of Pulumi. */
function resourcesIn(state: string): string[] {
  const { checkpoint } = JSON.parse(state) as { checkpoint: { latest: { resources?: { urn: string }[] } } };
  const urns = (checkpoint.latest.resources ?? []).map(({ urn }) => urn);
  return urns.filter((urn) => !urn.includes('::pulumi:'));
}

/** Checks that a value is only in the files of its service, which other users cannot read. */
function assertPrivate(root: string, value: string): void {
  const names = filesWith(root, value);
  assert.ok(names.includes(`${folder}spec.json`));
  for (const name of names) {
    assert.ok(name.startsWith(folder), name);
    assert.equal(statSync(join(root, name)).mode & 0o77, 0, name);
  }
}

/** Returns the files of a project that contain a text: its own, and those of Railhead about its environments. */
function filesWith(root: string, text: string): string[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => !/^(?:node_modules|infra|tools|dist|\.railhead\/pulumi)\b/.test(name))
    .filter((name) => statSync(join(root, name)).isFile())
    .filter((name) => readFileSync(join(root, name), 'latin1').includes(text));
}
