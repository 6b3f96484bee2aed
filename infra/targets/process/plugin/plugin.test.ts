import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import type { ServiceError } from '@grpc/grpc-js';
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js';
import rpc from '@pulumi/pulumi/proto/provider_pb.js';
import { eventually } from '../../../../tests/eventually.ts';
import { loopbackAddress } from '../address.ts';
import { servicePaths } from '../paths.ts';
import { readWorkload, stopWorkload } from '../supervisor/control.ts';
import { ask, environment, startPlugin, temporaryRoot, urn } from '../testing/plugin.ts';
import { decodeProperties, encodeProperties, unknownValue, type Path } from './wire.ts';

const server = `node -e "
  require('http').createServer((_, answer) => answer.end(process.env.ANSWER)).listen(process.env.PORT, process.env.HOST)"`;
const api = urn('Service', 'api');
const answerIsSecret: Path[] = [['variables', 'ANSWER']];

function serviceInputs(root: string, changes: object = {}) {
  const host = loopbackAddress(root, environment);
  return {
    ...{ root, environment, name: 'api', artifact: 'aa11', folder: root, command: server, host, port: 3001 },
    ...{ replicas: 1, restart: { policy: 'never', maxRetries: 0 }, drain: 1, timeout: 10 },
    variables: { ANSWER: 'canary' },
    ...changes,
  };
}

test('a service over gRPC: checked, created, read, updated, deleted', async (t) => {
  const client = await startPlugin(t);
  const root = temporaryRoot(t);
  const send = (inputs: object) => encodeProperties(inputs, answerIsSecret);

  const checked = await ask<rpc.CheckResponse>((done) =>
    client.check(new rpc.CheckRequest().setUrn(api).setNews(send(serviceInputs(root))), done),
  );
  const inputs = decodeProperties(checked.getInputs());
  assert.equal(inputs.values.state, 'ready', 'the default is filled in');
  assert.deepEqual(inputs.secrets, answerIsSecret, 'what was secret still is');

  const preview = await ask<rpc.CreateResponse>((done) =>
    client.create(
      new rpc.CreateRequest().setUrn(api).setProperties(send(inputs.values)).setPreview(true),
      done,
    ),
  );
  assert.equal(preview.getId(), '');
  assert.equal(readWorkload(servicePaths({ root, environment, name: 'api' }).workload), undefined);

  const created = await ask<rpc.CreateResponse>((done) =>
    client.create(new rpc.CreateRequest().setUrn(api).setProperties(send(inputs.values)), done),
  );
  assert.equal(created.getId(), 'test/api');
  assert.equal(created.getRefreshBeforeUpdate(), true);
  const url = `http://${loopbackAddress(root, environment)}:3001`;
  assert.equal(await (await fetch(url)).text(), 'canary');

  const read = async () => {
    const request = new rpc.ReadRequest().setUrn(api).setId('test/api').setInputs(send(inputs.values));
    const response = await ask<rpc.ReadResponse>((done) => client.read(request, done));
    return decodeProperties(response.getInputs());
  };
  assert.deepEqual(await read(), inputs);

  await stopWorkload(servicePaths({ root, environment, name: 'api' }).workload);
  const drifted = await read();
  assert.equal(drifted.values.state, 'stopped');

  const news = { ...inputs.values, variables: { ANSWER: 'changed' } };
  const diff = await ask<rpc.DiffResponse>((done) =>
    client.diff(
      new rpc.DiffRequest().setUrn(api).setOldInputs(send(drifted.values)).setNews(send(news)),
      done,
    ),
  );
  assert.deepEqual([...diff.getDetaileddiffMap().keys()].toSorted(), ['state', 'variables.ANSWER']);
  assert.deepEqual(diff.getDiffsList().toSorted(), ['state', 'variables']);

  await ask<rpc.UpdateResponse>((done) =>
    client.update(
      new rpc.UpdateRequest()
        .setUrn(api)
        .setId('test/api')
        .setOldInputs(send(drifted.values))
        .setNews(send(news)),
      done,
    ),
  );
  assert.equal(await (await fetch(url)).text(), 'changed');

  await ask<emptyProto.Empty>((done) =>
    client.delete(new rpc.DeleteRequest().setUrn(api).setId('test/api').setOldInputs(send(news)), done),
  );
  await assert.rejects(fetch(url));
});

test('wrong inputs are told by property, and a value that is not known yet is no wrong one', async (t) => {
  const client = await startPlugin(t);
  const check = async (inputs: object) => {
    const request = new rpc.CheckRequest().setUrn(api).setNews(encodeProperties(inputs, []));
    const response = await ask<rpc.CheckResponse>((done) => client.check(request, done));
    return response.getFailuresList().map((failure) => failure.getProperty());
  };
  const wrong = { port: 70_000, restart: { policy: 'sometimes', maxRetries: 1 } };
  assert.deepEqual(await check(serviceInputs('/clone', wrong)), ['restart.policy', 'port']);
  assert.deepEqual(await check(serviceInputs('/clone', { variables: { ANSWER: unknownValue } })), []);
});

test('a create that is repeated adopts what the first one has started', async (t) => {
  const client = await startPlugin(t);
  const root = temporaryRoot(t);
  const create = () =>
    ask<rpc.CreateResponse>((done) =>
      client.create(
        new rpc.CreateRequest().setUrn(api).setProperties(encodeProperties(serviceInputs(root), [])),
        done,
      ),
    );
  await create();
  const { workload } = servicePaths({ root, environment, name: 'api' });
  const before = readWorkload(workload);
  await create();
  assert.deepEqual(readWorkload(workload), before);
});

test('cancel ends the wait, and what was started stays known to the engine', async (t) => {
  const client = await startPlugin(t);
  const root = temporaryRoot(t);
  const inputs = serviceInputs(root, { command: 'exec sleep 1000', timeout: 60 });
  const creating = ask<rpc.CreateResponse>((done) =>
    client.create(new rpc.CreateRequest().setUrn(api).setProperties(encodeProperties(inputs, [])), done),
  );
  const failed = assert.rejects(creating, (error: ServiceError) => {
    const [details] = error.metadata.get('grpc-status-details-bin');
    assert.match(String(details), /ErrorResourceInitFailed[^]*test\/api/);
    return true;
  });
  const { workload } = servicePaths({ root, environment, name: 'api' });
  await eventually(() => readWorkload(workload)?.replicas.length);
  await ask<emptyProto.Empty>((done) => client.cancel(new emptyProto.Empty(), done));
  await failed;
});

test('a port that somebody else holds is named, and nothing is left', async (t) => {
  const client = await startPlugin(t);
  const root = temporaryRoot(t);
  const other = createServer().listen(3001, loopbackAddress(root, environment));
  await once(other, 'listening');
  t.after(() => other.close());
  const request = new rpc.CreateRequest()
    .setUrn(api)
    .setProperties(encodeProperties(serviceInputs(root), []));
  await assert.rejects(
    ask<rpc.CreateResponse>((done) => client.create(request, done)),
    (error: ServiceError) => {
      assert.match(error.details, /:3001/);
      assert.match(error.details, new RegExp(`pid ${process.pid}`));
      return true;
    },
  );
  assert.equal(readWorkload(servicePaths({ root, environment, name: 'api' }).workload), undefined);
});
