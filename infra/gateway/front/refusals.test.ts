import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { test } from 'vitest';
import { endConnection, refuseConnection, tooManyConnections } from './refusals.ts';

/** Returns a client that never closes its side, and the data that it got. */
function client(): { connection: Duplex; told: string[] } {
  const told: string[] = [];
  const connection = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      told.push(chunk.toString());
      done();
    },
  });
  return { connection, told };
}

test('while too many refused connections are open, further ones are closed without a response', async () => {
  const ending = Array.from({ length: 33 }, client);
  for (const { connection } of ending) endConnection(connection);
  const { connection, told } = client();
  refuseConnection(connection, tooManyConnections);
  assert.deepEqual([connection.destroyed, told], [true, []]);

  await Promise.all(ending.map(({ connection: each }) => once(each, 'close')));
  const next = client();
  refuseConnection(next.connection, tooManyConnections);
  assert.match(next.told.join(''), /^HTTP\/1\.1 503 /);
  next.connection.destroy();
});
