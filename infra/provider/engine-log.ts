import { credentials, Metadata } from '@grpc/grpc-js';
import engineRpc from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import engine from '@pulumi/pulumi/proto/engine_pb.js';

export interface EngineLog {
  /** Sets the address of the engine, which can be known late or change. */
  connect(address: string): void;
  /** Shows a line next to the resource in `pulumi up` until the next one arrives. */
  status(urn: string, line: string): void;
  /** Resolves when all lines of a resource have arrived: a line that arrives after its step would stay forever. */
  settled(urn: string): Promise<void>;
}

/** Milliseconds that the engine gets to accept a line. */
const patience = 1_000;

export function createEngineLog(engineAddress: string | undefined): EngineLog {
  let address = engineAddress;
  let client: InstanceType<typeof engineRpc.EngineClient> | undefined;
  // Lines of a resource are sent one after the other, since simultaneous calls can arrive in another order.
  const sent = new Map<string, Promise<void>>();

  function send(urn: string, line: string): Promise<void> {
    if (address === undefined) return Promise.resolve();
    client ??= new engineRpc.EngineClient(address, credentials.createInsecure());
    const request = new engine.LogRequest()
      .setSeverity(engine.LogSeverity.INFO)
      .setMessage(line)
      .setUrn(urn)
      .setEphemeral(true);
    const options = { deadline: Date.now() + patience };
    // A status line that does not arrive must not fail the step.
    return new Promise((resolve) => client?.log(request, new Metadata(), options, () => resolve()));
  }

  return {
    connect(next) {
      if (next === address) return;
      client?.close();
      client = undefined;
      address = next;
    },
    status(urn, line) {
      const before = sent.get(urn) ?? Promise.resolve();
      sent.set(
        urn,
        before.then(() => send(urn, line)),
      );
    },
    async settled(urn) {
      await sent.get(urn);
      sent.delete(urn);
    },
  };
}
