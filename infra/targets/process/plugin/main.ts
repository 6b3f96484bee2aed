import { Server, ServerCredentials } from '@grpc/grpc-js';
import rpc from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import { kinds } from './kinds/index.ts';
import { createService } from './service.ts';

// The engine gives its own address as the last argument and reads our port from the first line of stdout.
const server = new Server({ 'grpc.max_receive_message_length': -1 });
server.addService(rpc.ResourceProviderService, createService(kinds, process.argv.at(-1)));
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
