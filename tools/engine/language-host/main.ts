/**
 * Pulumi's language host for Node programs: a gRPC `LanguageRuntime` that the engine starts to run `infra/index.ts`.
 * The official host is written in Go and is part of the downloadable CLI only; this one is for a CLI that is built
 * from source.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js';
// Imports single files of @pulumi/pulumi: the whole package takes 0.7 s to load.
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

// The engine keeps this process's stdin open, so stdin closes when the engine ends, even after a crash.
process.stdin.on('close', stop).resume();
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

function stop(): void {
  killChildren();
  process.exit(0);
}
