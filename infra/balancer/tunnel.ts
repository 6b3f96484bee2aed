import type { Duplex } from 'node:stream';
import type { Backends, AddressOf } from './backends.ts';

/** Connects a client to a ready replica: sends `head` to the replica, then forwards all bytes in both directions. */
export async function tunnel(
  client: Duplex,
  head: Buffer,
  backends: Backends,
  addressOf?: AddressOf,
): Promise<void> {
  const gone = new AbortController();
  client.on('error', () => client.destroy()); // The 'close' event follows, which ends the tunnel.
  client.once('close', () => gone.abort());
  if (client.destroyed) return;
  try {
    const { socket, backend } = await backends.connect(gone.signal, addressOf);
    const end = backends.begin('tunnels', backend);
    socket.on('error', () => client.destroy());
    socket.once('close', () => {
      end();
      if (!socket.readableEnded) client.destroy();
    });
    client.once('close', () => socket.destroy());
    if (head.length > 0) socket.write(head);
    client.pipe(socket).pipe(client);
  } catch {
    client.destroy(); // No replica accepted the connection in time; the client sees a closed connection.
  }
}
