import { startGateway, type Gateway } from '../infra/gateway/start.ts';
import { bundleWorker } from '../infra/gateway/testing/harness.ts';
import type { Row } from './compare.ts';
import { compareHop } from './hop.ts';
import { startProgram } from './program.ts';

/** Requests through the gateway, without a rate limit that would stop them, against requests to its origin. */
export async function bench(): Promise<Row[]> {
  const origin = await startProgram('bench/reference/origin.ts', {}, '/');
  const worker = await bundleWorker();
  let gateway: Gateway | undefined;
  try {
    const routes = [{ path: '/*', origin: origin.url }];
    gateway = await startGateway({ script: worker.script, host: '127.0.0.1', port: 0, routes }, () => {});
    return await compareHop('gateway', origin.url, gateway.url);
  } finally {
    await gateway?.stop();
    await worker.remove();
    await origin.stop();
  }
}
