import { UserError } from '../../../../tools/user-error.ts';

/** Milliseconds to wait until Redis has loaded its append-only file. */
const patience = 60_000;

/** Waits until the server has loaded its data and accepts the password. Throws UserError if it does not answer. */
export async function waitForRedis(address: { host: string; port: number }, password: string): Promise<void> {
  // Loaded here because previews, and updates without Redis, do not need it.
  // A bundle in parts has only the default export of a CommonJS package.
  const { default: redis } = await import('ioredis');
  const client = new redis.Redis({ ...address, password, lazyConnect: true, connectTimeout: patience });
  client.on('error', () => {}); // `connect` and `ping` reject with the same error.
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
