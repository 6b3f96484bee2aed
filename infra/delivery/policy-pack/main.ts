import { Server, ServerCredentials } from '@grpc/grpc-js';
import rpc from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import { createAnalyzer } from './service.ts';

/**
 * The policy pack for `pulumi preview --policy-pack`: the engine starts this program, reads its port from the first line
 * of stdout, and calls it while it registers resources.
 */
const server = new Server({ 'grpc.max_receive_message_length': -1 });
server.addService(rpc.AnalyzerService, createAnalyzer());
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

// The engine keeps this process's stdin open as long as it runs.
process.stdin.on('close', () => process.exit(0)).resume();
