/**
 * Pulumi's language host for Node programs: a gRPC `LanguageRuntime` that the engine starts, asks to run `infra/index.ts`, and
 * stops. The official one is written in Go and ships only inside the downloadable CLI; this one goes with a CLI built from source.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js';
// This file alone: the whole of @pulumi/pulumi takes 0.7 s to load.
import language from '@pulumi/pulumi/proto/language_grpc_pb.js';
import { killChildren } from './children.ts';
import { languageRuntime } from './runtime.ts';

const engineAddress = process.argv.slice(2).findLast((argument) => !argument.startsWith('-')) ?? '';

const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
server.addService(language.LanguageRuntimeService, languageRuntime(engineAddress));
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});

// The engine holds our stdin open for as long as it lives, so its end is the engine's end, however it came about.
process.stdin.on('close', stop).resume();
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

function stop(): void {
  killChildren();
  process.exit(0);
}
