import { flushCompileCache } from 'node:module';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import rpc from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import type { Provider } from './provider.ts';
import { createService } from './service.ts';

/** Milliseconds for steps under way to end when the engine is gone. */
const grace = 10_000;

const cancelled = new AbortController();

async function load(): Promise<Provider> {
  const [{ createProvider }, { kinds }] = await Promise.all([
    import('./provider.ts'),
    import('./kinds/index.ts'),
  ]);
  // The engine ends us by a signal, at which Node would save nothing.
  flushCompileCache();
  return createProvider(kinds);
}

// The engine gives its own address as the last argument and reads our port from the first line of stdout.
const server = new Server({ 'grpc.max_receive_message_length': -1 });
server.addService(rpc.ResourceProviderService, createService(load, process.argv.at(-1), cancelled));
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

// The engine holds our stdin open for as long as it lives. Without it nobody records a step any more, and the next run
// may have begun.
process.stdin
  .on('close', () => {
    cancelled.abort();
    server.forceShutdown();
    setTimeout(() => process.exit(1), grace).unref();
  })
  .resume();
