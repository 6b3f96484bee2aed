import assert from 'node:assert/strict';
import { test } from 'vitest';
import { cron } from './cron.ts';
import { service } from './service.ts';

const code = {
  root: '/clone',
  environment: 'dev',
  name: 'api',
  artifact: 'ad4bcd77e8335c21',
  folder: '/clone/.railhead/artifacts/api',
  command: 'node main.js',
  host: '127.0.0.1',
  restart: { policy: 'on-failure', maxRetries: 10 },
  drain: 10,
  variables: {},
};
const running = {
  ...code,
  port: 3001,
  replicas: 2,
  health: { path: '/health', ready: '/ready' },
  timeout: 300,
};

test('inputs that an older version wrote are valid and unchanged', () => {
  assert.deepEqual(service.inputs.parse(running), { ...running, state: 'ready' });
  assert.deepEqual(service.inputs.parse({ ...running, minReady: 5 }).minReady, 5);
  const scheduled = { ...code, schedule: '0 * * * *' };
  assert.deepEqual(cron.inputs.parse(scheduled), { ...scheduled, state: 'ready' });
});

const refused: [string, object][] = [
  ['replicas', { replicas: 0 }],
  ['replicas', { replicas: 1001 }],
  ['health.path', { health: { path: 'health', ready: '/ready' } }],
  ['health.ready', { health: { path: '/health' } }],
  ['timeout', { timeout: 0 }],
  ['minReady', { minReady: 86_401 }],
  ['restart.policy', { restart: { policy: 'sometimes', maxRetries: 1 } }],
  ['restart.maxRetries', { restart: { policy: 'always', maxRetries: 1001 } }],
  ['drain', { drain: 86_401 }],
];

test.for(refused)('the provider refuses what the stack file refuses: %s', ([path, change]) => {
  const { error } = service.inputs.safeParse({ ...running, ...change });
  assert.deepEqual(
    error?.issues.map((issue) => issue.path.join('.')),
    [path],
  );
});
