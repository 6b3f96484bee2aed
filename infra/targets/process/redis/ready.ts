import { UserError } from '../../../stack/problem.ts';

/** Milliseconds to load the append-only file. */
const patience = 60_000;

/** Resolves once the server has loaded its data and takes the password. */
export async function waitForRedis(address: { host: string; port: number }, password: string): Promise<void> {
  // Loaded here because a preview, or an update without Redis, has no use for it.
  const { Redis } = await import('ioredis');
  const client = new Redis({ ...address, password, lazyConnect: true, connectTimeout: patience });
  client.on('error', () => {}); // `connect` and `ping` reject with it.
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`Redis at ${address.host}:${address.port} does not answer: ${reason}`);
  } finally {
    client.disconnect();
  }
}
