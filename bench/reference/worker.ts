/** The reference of the worker: BullMQ with the same options, and one call of the api per job. */
import { createServer } from 'node:http';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { queuePlans } from '../../services/shared/queues.ts';
import { createTokenSigner } from '../../infra/tokens/service-token.ts';
import { stalls } from '../../services/worker/consumer.ts';

const { HOST = '', PORT = '', REDIS_URL = '', API_URL = '', SIGNING_KEY = '', QUEUE = '' } = process.env;
const sign = await createTokenSigner(SIGNING_KEY, { issuer: 'worker', audience: 'api' });
const headers = { authorization: `Bearer ${await sign()}`, 'content-type': 'application/json' };
let renewed = Date.now();

interface Data {
  eventId: string;
  kind: string;
  shift: { id: string };
}

const worker = new Worker<Data>(
  QUEUE,
  async ({ data: { eventId, kind, shift } }) => {
    if (Date.now() - renewed > 30_000) {
      renewed = Date.now();
      headers.authorization = `Bearer ${await sign()}`;
    }
    const body = JSON.stringify({ eventId, kind, shiftId: shift.id, message: 'A shift was added' });
    const response = await fetch(`${API_URL}/internal/notifications`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(await response.text());
    await response.text();
  },
  {
    connection: new Redis(REDIS_URL, { maxRetriesPerRequest: null }),
    concurrency: queuePlans.notifications.concurrency,
    ...stalls,
  },
);
await worker.waitUntilReady();
createServer((_, response) => response.end()).listen(Number(PORT), HOST);
