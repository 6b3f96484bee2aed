import { UserError } from '../../tools/user-error.ts';
import { readGatewayConfig } from './config.ts';
import { startGateway } from './start.ts';

/** `node infra/gateway/main.ts <config.json>`: runs the gateway until SIGTERM. Logs are JSON, one line each. */
async function main(): Promise<number> {
  const file = process.argv[2];
  if (file === undefined) throw new UserError('Usage: node main.ts <config.json>');
  const config = readGatewayConfig(file);
  const gateway = await startGateway(config, relay);
  log('info', 'ready', { url: gateway.url, routes: config.routes });

  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stopping = true;
      log('info', 'draining', { signal });
      void gateway.stop();
    });
  }
  const code = await gateway.exited;
  if (stopping) return 0;
  log('error', 'workerd ended unexpectedly', { code });
  return 1;
}

/** Logs a line of the Worker (JSON) or of workerd (text). Drops workerd's stack addresses, which are useless here. */
function relay(line: string): void {
  if (line.startsWith('{')) console.log(line);
  else if (line.trim() !== '' && !line.startsWith('stack:')) log('warn', line);
}

function log(level: 'info' | 'warn' | 'error', msg: string, fields: object = {}): void {
  console.log(JSON.stringify({ level, time: new Date().toISOString(), service: 'gateway', msg, ...fields }));
}

try {
  process.exitCode = await main();
} catch (error) {
  log('error', error instanceof UserError ? error.message : String(error));
  process.exitCode = 1;
}
