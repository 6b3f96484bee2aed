import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { test } from 'vitest';
import type { ServiceError } from '@grpc/grpc-js';
import { eventually } from '../../tools/testing/eventually.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { servicePaths } from '../supervisor/paths.ts';
import { readWorkload, stopWorkload } from '../supervisor/control.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../targets/process/testing/plugin.ts';
import { decodeProperties, unknownValue, type Path, type Properties } from './wire.ts';

const api = urn('Service', 'api');
const server = `node -e "
  require('http').createServer((_, answer) => answer.end(process.env.ANSWER)).listen(process.env.PORT, process.env.HOST)"`;
const secrets: Path[] = [['variables', 'ANSWER']];

function serviceInputs(root: string, changes: object = {}): Properties {
  const host = loopbackAddress(root, environment);
  const values = {
    ...{ root, environment, name: 'api', artifact: 'aa11', folder: root, command: server, host, port: 3001 },
    ...{ replicas: 1, restart: { policy: 'never', maxRetries: 0 }, drain: 1, timeout: 60, state: 'ready' },
    variables: { ANSWER: 'canary' },
    ...changes,
  };
  return { values, secrets };
}

const workloadOf = (root: string) => servicePaths({ root, environment, name: 'api' }).workload;

test('a service is checked, created, read, updated and deleted', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const url = `http://${loopbackAddress(root, environment)}:3001`;

  const checked = await plugin.check(api, serviceInputs(root, { state: undefined }));
  const inputs = decodeProperties(checked.getInputs());
  assert.deepEqual(inputs, serviceInputs(root), 'the default is filled in and the secret is still one');

  const preview = await plugin.create(api, inputs, true);
  assert.equal(preview.getId(), '');
  assert.equal(readWorkload(workloadOf(root)), undefined, 'a preview starts nothing');

  const created = await plugin.create(api, inputs);
  assert.equal(created.getId(), 'test/api');
  assert.equal(created.getRefreshBeforeUpdate(), true);
  assert.equal(await (await fetch(url)).text(), 'canary');
  assert.deepEqual(decodeProperties((await plugin.read(api, inputs)).getInputs()), inputs);

  await stopWorkload(workloadOf(root));
  const drifted = decodeProperties((await plugin.read(api, inputs)).getInputs());
  assert.equal(drifted.values.state, 'stopped');

  const news = serviceInputs(root, { variables: { ANSWER: 'changed' } });
  const diff = await plugin.diff(api, drifted, news);
  assert.deepEqual([...diff.getDetaileddiffMap().keys()].toSorted(), ['state', 'variables.ANSWER']);
  assert.deepEqual(diff.getDiffsList().toSorted(), ['state', 'variables']);
  assert.deepEqual(diff.getReplacesList(), []);

  await plugin.update(api, news);
  assert.equal(await (await fetch(url)).text(), 'changed');

  await plugin.delete(api, news);
  await assert.rejects(fetch(url));
});

test('invalid inputs are reported by property, and an unknown value is valid', async (t) => {
  const plugin = await startPlugin(t);
  const failures = async (changes: object) => {
    const response = await plugin.check(api, serviceInputs(tmpdir(), changes));
    return response.getFailuresList().map((failure) => failure.getProperty());
  };
  const wrong = { port: 70_000, restart: { policy: 'sometimes', maxRetries: 1 } };
  assert.deepEqual(await failures(wrong), ['restart.policy', 'port']);
  assert.deepEqual(await failures({ variables: { ANSWER: unknownValue } }), []);
});

test('a repeated create adopts the processes of the first one', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  await plugin.create(api, serviceInputs(root));
  const before = readWorkload(workloadOf(root));
  await plugin.create(api, serviceInputs(root));
  assert.deepEqual(readWorkload(workloadOf(root)), before);
});

test('a changed number of replicas keeps the running ones', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  await plugin.create(api, serviceInputs(root));
  const pids = () => readWorkload(workloadOf(root))?.replicas.map(({ pid }) => pid) ?? [];
  const before = pids();
  await plugin.update(api, serviceInputs(root, { replicas: 2 }));
  assert.equal(pids().length, 2);
  assert.equal(pids()[0], before[0]);
});

test('cancel ends the wait, and the engine keeps the started service in its state', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const creating = plugin.create(api, serviceInputs(root, { command: 'exec sleep 1000', timeout: 60 }));
  const failed = assert.rejects(creating, (error: ServiceError) => {
    const [details] = error.metadata.get('grpc-status-details-bin');
    assert.match(String(details), /ErrorResourceInitFailed[^]*test\/api/);
    assert.match(error.details, /^was cancelled; [^\n]*$/, 'no stack trace');
    return true;
  });
  await eventually(() => readWorkload(workloadOf(root))?.replicas.length);
  await plugin.cancel();
  await failed;
});

test('the error for a port in use names the port and its process, and no workload is left', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const other = createServer().listen(3001, loopbackAddress(root, environment));
  await once(other, 'listening');
  t.onTestFinished(() => void other.close());
  await assert.rejects(plugin.create(api, serviceInputs(root)), (error: ServiceError) => {
    assert.match(error.details, /:3001/);
    if (process.platform === 'linux') assert.match(error.details, new RegExp(`pid ${process.pid}`));
    assert.deepEqual(error.metadata.get('grpc-status-details-bin'), []);
    return true;
  });
  assert.equal(readWorkload(workloadOf(root)), undefined);
});

test('a private key is secret and survives an update', async (t) => {
  const plugin = await startPlugin(t);
  const inputs = { values: { root: tmpdir(), environment, name: 'worker' }, secrets: [] };
  const created = await plugin.create(urn('KeyPair', 'worker'), inputs);
  const { values, secrets: sealed } = decodeProperties(created.getProperties());
  assert.deepEqual(sealed, [['privateKey']]);
  assert.match(String(values.privateKey), /^-----BEGIN PRIVATE KEY-----/);
  assert.match(String(values.publicKey), /^-----BEGIN PUBLIC KEY-----/);
  assert.equal(created.getRefreshBeforeUpdate(), false);
});
