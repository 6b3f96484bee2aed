import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'vitest';
import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js';
import engineRpc from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import type engine from '@pulumi/pulumi/proto/engine_pb.js';
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js';
import { createEngineLog } from './engine-log.ts';

test('lines arrive in order, and all of them before the step ends', async (t) => {
  const arrived: string[] = [];
  const server = new Server();
  const log: handleUnaryCall<engine.LogRequest, emptyProto.Empty> = (call, done) => {
    const line = call.request.getMessage();
    // The first line takes longest: simultaneous calls would arrive in the wrong order.
    void sleep(line === 'first' ? 200 : 0).then(() => {
      arrived.push(line);
      done(null, new emptyProto.Empty());
    });
  };
  server.addService({ log: engineRpc.EngineService.log }, { log });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  t.onTestFinished(() => server.forceShutdown());

  const engineLog = createEngineLog(`127.0.0.1:${port}`);
  for (const line of ['first', 'second', 'ready']) engineLog.status('urn', line);
  await engineLog.settled('urn');
  assert.deepEqual(arrived, ['first', 'second', 'ready']);
});

test('an engine that has ended does not block a step', async () => {
  const engineLog = createEngineLog('127.0.0.1:1');
  engineLog.status('urn', 'ready');
  await engineLog.settled('urn');
});
