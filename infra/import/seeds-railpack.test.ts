import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from './testing.ts';

const own = (provider: string, commands: string[], deploy: object) =>
  JSON.stringify({
    $schema: 'https://schema.railpack.com',
    build: { provider, steps: { install: { commands } } },
    deploy,
  });

test('a railpack.json in each folder: a site, an API and a service with heavy requirements', async (t) => {
  const python = (program: string, timeout: number) =>
    own('python', ['pip install -r requirements.txt'], {
      ...{ startCommand: `uvicorn ${program}:app --host 0.0.0.0 --port $PORT` },
      ...{ healthCheckPath: '/health', healthCheckTimeout: timeout },
    });
  const { texts, rows, problems } = await importOf(t, {
    'package.json': '{ "name": "monkey-coder" }',
    'services/frontend/railpack.json': own('node', ['yarn install', 'yarn export'], {
      startCommand: 'npx serve -s out -l $PORT',
      environment: { NEXT_PUBLIC_API_URL: 'https://${{backend.RAILWAY_PUBLIC_DOMAIN}}' },
    }),
    'services/backend/railpack.json': python('main', 300),
    'services/backend/requirements.txt': 'fastapi\nuvicorn\n',
    'services/ml/railpack.json': python('ml', 600),
    'services/ml/requirements.txt': 'torch==2.3.0\nuvicorn\n',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
  const { services, gateway } = parse(texts['stacks/monkey-coder.yaml'] ?? '') as {
    services: Record<string, object>;
    gateway: object;
  };
  assert.deepEqual(services['ml'], {
    ...{ source: 'services/ml', build: 'pip install -r requirements.txt' },
    ...{ start: 'uvicorn ml:app --host 0.0.0.0 --port $PORT', port: 3002 },
    health: { path: '/health', timeout: '600s' },
  });
  assert.partialDeepStrictEqual(services, {
    frontend: {
      port: 3001,
      variables: { NEXT_PUBLIC_API_URL: 'https://${{backend.RAILWAY_PUBLIC_DOMAIN}}' },
      buildVariables: ['NEXT_PUBLIC_API_URL'],
    },
    backend: { port: 3000, health: { timeout: '300s' } },
  });
  assert.deepEqual(gateway, {
    routes: [
      { path: '/backend/*', stripPrefix: true, to: 'backend' },
      { path: '/*', to: 'frontend' },
    ],
  });
});
