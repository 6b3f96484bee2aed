import type { TestSystem } from '../../targets/testing/system.ts';

/** A service that answers with its version. With the variable BROKEN, one answer in two is a 500. */
export const canaryProgram = `
import { createServer } from 'node:http';
const { HOST, PORT, VERSION, BROKEN } = process.env;
let turn = 0;
const server = createServer((request, response) => {
  const isProbe = request.url === '/health';
  if (BROKEN && !isProbe && turn++ % 2 === 0) response.statusCode = 500;
  response.end(JSON.stringify({ version: VERSION }));
});
server.keepAliveTimeout = 10_000;
server.listen(Number(PORT), HOST);
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
`;

/**
 * Writes a stack with one service that has a canary, and returns a function that writes another version of it.
 *
 * @param seconds how long each step lasts
 */
export function writeCanary(system: TestSystem, name: string, port: number, seconds = 2) {
  system.write('services/api/main.ts', canaryProgram);
  const analysis = { errors: '<5%', for: `${seconds}s`, minRequests: 5 };
  return (variables: Record<string, string>) =>
    system.write('stacks/test.yaml', {
      name,
      policy: { stage: 'development' },
      services: {
        api: {
          source: 'services/api',
          port,
          replicas: 2,
          health: { path: '/health', timeout: '2m' },
          rollout: { strategy: 'canary', steps: ['20%', '50%'], analysis },
          variables,
        },
      },
    });
}
