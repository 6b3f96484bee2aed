export const canaryImage = 'node:24-slim';

/** Answers with its version. With BROKEN, one answer in two is a 500. */
const program = [
  'let turn = 0; const { PORT, VERSION, BROKEN } = process.env;',
  'const server = require("http").createServer((request, response) => {',
  'if (BROKEN && request.url !== "/health" && turn++ % 2 === 0) response.statusCode = 500;',
  'response.end(JSON.stringify({ version: VERSION })); }).listen(PORT);',
  'process.on("SIGTERM", () => { server.close(() => process.exit()); server.closeIdleConnections(); });',
].join(' ');

/** Returns the `rollout` of a service with two steps. `seconds`: how long each is judged. */
export const canaryRollout = (seconds: number) => ({
  strategy: 'canary',
  steps: ['25%', '50%'],
  analysis: { errors: '<5%', for: `${seconds}s`, minRequests: 20 },
});

/** Returns a service with four replicas that answers with its version. */
export function canaryService(variables: object, fields: object) {
  return {
    ...{ image: canaryImage, start: `node -e '${program}'`, port: 3001, replicas: 4, minReady: '1s' },
    ...{ health: { path: '/health', timeout: '2m' }, resources: { requests: { cpu: 0.02, memory: '64Mi' } } },
    ...{ variables, ...fields },
  };
}

interface Pod {
  spec: { containers: { env?: { name: string; value?: string }[] }[] };
}

/** Returns how many of these pods run a version. */
export function countVersion(pods: Pod[], version: string): number {
  return pods.filter(({ spec }) =>
    spec.containers[0]?.env?.some(({ name, value }) => name === 'VERSION' && value === version),
  ).length;
}

export type { Pod as CanaryPod };
