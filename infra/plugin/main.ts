import { flushCompileCache } from 'node:module';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import rpc from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import type { Provider } from '../provider/provider.ts';
import { createService } from '../provider/service.ts';

/** Milliseconds that running steps get to end after the engine has ended. */
const grace = 10_000;

const cancelled = new AbortController();

async function load(): Promise<Provider> {
  const [{ createProvider }, { kinds }] = await Promise.all([
    import('../provider/provider.ts'),
    import('./kinds.ts'),
  ]);
  // The engine ends this process by a signal, and Node does not save the compile cache at a signal.
  flushCompileCache();
  return createProvider(kinds);
}

// The engine passes its address as the last argument and reads the provider's port from the first line of stdout.
const server = new Server({ 'grpc.max_receive_message_length': -1 });
server.addService(rpc.ResourceProviderService, createService(load, process.argv.at(-1), cancelled));
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

// The engine keeps this process's stdin open as long as it runs. After its end no step is recorded any more, and the
// next run may already have started.
process.stdin
  .on('close', () => {
    cancelled.abort();
    server.forceShutdown();
    setTimeout(() => process.exit(1), grace).unref();
  })
  .resume();
