import { credentials } from '@grpc/grpc-js';
import engineRpc from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import engine from '@pulumi/pulumi/proto/engine_pb.js';

export interface EngineLog {
  /** The engine may be attached later, or be another one. */
  connect(address: string): void;
  /** The line stands beside the resource in `pulumi up` until the next one comes. */
  status(urn: string, line: string): void;
}

export function createEngineLog(engineAddress: string | undefined): EngineLog {
  let address = engineAddress;
  let client: InstanceType<typeof engineRpc.EngineClient> | undefined;

  return {
    connect(next) {
      if (next === address) return;
      client?.close();
      client = undefined;
      address = next;
    },
    status(urn, line) {
      if (address === undefined) return;
      client ??= new engineRpc.EngineClient(address, credentials.createInsecure());
      const request = new engine.LogRequest()
        .setSeverity(engine.LogSeverity.INFO)
        .setMessage(line)
        .setUrn(urn)
        .setEphemeral(true);
      // A status line that does not arrive is no reason to fail the step.
      client.log(request, () => {});
    },
  };
}
