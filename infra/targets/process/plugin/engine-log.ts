import { credentials, Metadata } from '@grpc/grpc-js';
import engineRpc from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import engine from '@pulumi/pulumi/proto/engine_pb.js';

export interface EngineLog {
  /** The engine may be attached later, or be another one. */
  connect(address: string): void;
  /** The line stands beside the resource in `pulumi up` until the next one comes. */
  status(urn: string, line: string): void;
  /** Resolves when all lines about a resource have arrived: one that comes after its step would stand there for ever. */
  settled(urn: string): Promise<void>;
}

/** Milliseconds that the engine gets to take a line. */
const patience = 1_000;

export function createEngineLog(engineAddress: string | undefined): EngineLog {
  let address = engineAddress;
  let client: InstanceType<typeof engineRpc.EngineClient> | undefined;
  // One after the other: calls that are under way together may overtake each other.
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
    // A status line that does not arrive is no reason to fail the step.
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
