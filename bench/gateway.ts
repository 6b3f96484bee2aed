import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import type { GatewayConfig } from '../infra/gateway/config.ts';
import { startGateway, type Gateway } from '../infra/gateway/start.ts';
import { bundleWorker } from '../infra/gateway/testing/harness.ts';
import type { Row } from './compare.ts';
import { compareHop } from './hop.ts';
import { startProgram } from './program.ts';

/** More requests than any run sends, so that the limiter counts but never refuses. */
const neverReached = { requests: 1_000_000, period: 60 } as const;

/**
 * Compares the Worker as Rota runs it, with every request signed and counted, with a Worker that only forwards: for
 * requests to one path, and to a different path each. Also compares it with the same Worker without the limiter.
 */
export async function bench(): Promise<Row[]> {
  const origin = await startProgram('bench/reference/origin.ts', {}, '/');
  const worker = await bundleWorker();
  const signingKey = generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const gateways: Gateway[] = [];
  const start = async (script: string, options: Pick<GatewayConfig, 'signingKey' | 'rateLimit'> = {}) => {
    const routes = [{ path: '/*', origin: origin.url }];
    const config = { script, host: '127.0.0.1', port: 0, routes, ...options };
    const gateway = await startGateway(config, () => {});
    gateways.push(gateway);
    return gateway.url;
  };
  try {
    const plain = await start(join(import.meta.dirname, 'reference/proxy.js'));
    const whole = await start(worker.script, { signingKey, rateLimit: neverReached });
    const unlimited = await start(worker.script, { signingKey });
    return [
      ...(await compareHop('gateway', plain, whole, { goal: { atMost: 1.15 } })),
      ...(await compareHop('gateway, a crawl', plain, whole, { path: '/{n}' })),
      ...(await compareHop('limiter', unlimited, whole)),
    ];
  } finally {
    for (const gateway of gateways) await gateway.stop();
    await worker.remove();
    await origin.stop();
  }
}
