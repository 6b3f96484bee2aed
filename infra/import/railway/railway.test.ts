import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from '../testing.ts';

const code = {
  'package.json': '{ "name": "shop" }',
  'api/package.json': '{ "name": "api", "scripts": { "start": "node api.js" } }',
  'api/api.js': '',
};
/** A service that its own script builds. */
const compiled = {
  'api/package.json':
    '{ "name": "api", "scripts": { "build": "tsc", "start": "node dist/main.js" }, "devDependencies": { "typescript": "5" } }',
  'api/package-lock.json': '{}',
  'api/src/main.ts': '',
};
const dockerfile = { 'api/Dockerfile': 'FROM node:24\nARG LEVEL\n' };

/** By what it shows: the files, the fields of `api`, and the fields that were not mapped. */
const cases: Record<string, [files: Record<string, string>, fields: object, lost: string[]]> = {
  'a Dockerfile in the folder builds a service whose file names no builder': [
    { ...dockerfile, 'api/railway.toml': '[deploy]\nnumReplicas = 2\n' },
    { source: 'api', dockerfile: 'Dockerfile', replicas: 2 },
    [],
  ],
  'the replicas of one region': [
    {
      'api/railway.json': JSON.stringify({
        deploy: { startCommand: 'node api.js', multiRegionConfig: { 'us-west1': { numReplicas: 2 } } },
      }),
    },
    { source: 'api', start: 'node api.js', replicas: 2 },
    [],
  ],
  'replicas of several regions run in one place': [
    {
      'api/railway.toml': `[deploy]
startCommand = "node api.js"
numReplicas = 1
[deploy.multiRegionConfig]
us-west1 = { numReplicas = 2 }
europe-west4 = { numReplicas = 3 }
`,
    },
    { source: 'api', start: 'node api.js', replicas: 5 },
    ['deploy.multiRegionConfig'],
  ],
  'another builder leaves the Dockerfile alone': [
    {
      ...dockerfile,
      'api/railway.toml': '[build]\nbuilder = "NIXPACKS"\n[deploy]\nstartCommand = "node api.js"\n',
    },
    { source: 'api', start: 'node api.js' },
    [],
  ],
  'arguments of the build, and a plan of Nixpacks that is not carried out': [
    {
      ...dockerfile,
      'api/railway.json': JSON.stringify({
        build: { builder: 'DOCKERFILE', args: { LEVEL: '1' }, nixpacksPlan: { phases: {} } },
      }),
    },
    { source: 'api', dockerfile: { path: 'Dockerfile', args: { LEVEL: '1' } } },
    ['build.nixpacksPlan'],
  ],
  'arguments of the build that are variables of the service': [
    {
      ...dockerfile,
      'api/railway.json': JSON.stringify({
        build: { args: { LEVEL: '${{LEVEL}}', OTHER: '${{MISSING}}' } },
        variables: { LEVEL: '1' },
      }),
    },
    {
      ...{ source: 'api', dockerfile: { path: 'Dockerfile' } },
      ...{ buildVariables: ['LEVEL'], variables: { LEVEL: '1' } },
    },
    ['build.args.OTHER'],
  ],
  'the short form of a railpack.json': [
    {
      'api/railpack.json': JSON.stringify({
        installCmd: 'npm ci',
        buildCmd: 'npm run build',
        startCmd: 'node api.js',
      }),
    },
    { source: 'api', build: 'npm ci && npm run build', start: 'node api.js' },
    [],
  ],
  'corepack is not needed for the package manager of the folder': [
    {
      'api/railpack.json': JSON.stringify({
        steps: {
          install: { commands: ['corepack enable', 'corepack prepare yarn@stable --activate', 'yarn'] },
        },
        deploy: { startCommand: 'yarn start' },
      }),
    },
    { source: 'api', build: 'yarn', start: 'yarn start' },
    [],
  ],
  'a folder that Railpack serves as an app in the browser': [
    {
      'api/railway.json': JSON.stringify({
        build: { buildCommand: 'npm ci && npm run build' },
        variables: { RAILPACK_SPA_OUTPUT_DIR: 'dist', VITE_API: 'https://x.example' },
      }),
    },
    {
      ...{ source: 'api', runtime: 'static', port: 3000 },
      ...{ build: 'npm ci && npm run build && cp dist/index.html dist/200.html' },
      ...{ buildVariables: ['VITE_API'], variables: { VITE_API: 'https://x.example' } },
    },
    [],
  ],
  'a Staticfile names the folder that is served': [
    {
      'api/Staticfile': 'root: html\n',
      'api/html/index.html': '',
      'api/railway.json': '{ "deploy": { "numReplicas": 2 } }',
    },
    { source: 'api/html', runtime: 'static', port: 3000, replicas: 2 },
    [],
  ],
  'a start command serves the files itself': [
    {
      'api/Staticfile': 'root: html\nindex_fallback: true\n',
      'api/railway.json': '{ "deploy": { "startCommand": "node api.js" } }',
    },
    { source: 'api', start: 'node api.js' },
    [],
  ],
  'a build command follows the installation, which the platform runs by itself': [
    {
      ...compiled,
      'api/railway.json': JSON.stringify({
        build: { buildCommand: 'npm run build' },
        deploy: { startCommand: 'npm start' },
      }),
    },
    { source: 'api', build: 'npm ci --no-audit --no-fund && npm run build', start: 'npm start' },
    [],
  ],
  'without a build command, Railhead finds the build as the platform does': [
    { ...compiled, 'api/railway.json': JSON.stringify({ deploy: { startCommand: 'npm start' } }) },
    { source: 'api', start: 'npm start' },
    [],
  ],
  'a step of Railpack is preceded by the generated installation, and contains generated commands': [
    {
      ...compiled,
      'api/railpack.json': JSON.stringify({
        steps: { build: { commands: ['...', 'node prerender.js'] } },
        deploy: { startCommand: 'npm start' },
      }),
    },
    {
      source: 'api',
      build: 'npm ci --no-audit --no-fund && npm run build && node prerender.js',
      start: 'npm start',
    },
    [],
  ],
  'a step of Python is preceded by the installation of its packages; the version is that of the runtime': [
    {
      'worker/requirements.txt': 'flask\n',
      'worker/main.py': '',
      'api/requirements.txt': 'flask\n',
      'api/railpack.json': JSON.stringify({
        packages: { python: '3.12', ffmpeg: '7' },
        steps: { build: { commands: ['echo hi'] } },
        deploy: { startCommand: 'flask run' },
      }),
    },
    {
      ...{ source: 'api', runtime: 'python@3.12', start: 'flask run' },
      build: 'python -m pip install --quiet -r requirements.txt && echo hi',
    },
    ['packages.ffmpeg'],
  ],
  'railway.ts names the image of a service, and railway.toml says more about it': [
    {
      '.railway/railway.ts': `export default defineRailway(() => project('shop', { resources: [service('api', { source: image('acme/api:1') })] }));`,
      'railway.toml': '[services.api]\nhealthcheckPath = "/ok"\n',
    },
    { image: 'acme/api:1', port: 3000, health: { path: '/ok' } },
    [],
  ],
};

for (const [name, [files, fields, lost]] of Object.entries(cases)) {
  test(`Railway: ${name}`, async (t) => {
    const { texts, rows } = await importOf(t, { ...code, ...files }, 'railway');
    const { services } = parse(texts['stacks/shop.yaml'] ?? '{}') as { services?: Record<string, object> };
    assert.deepEqual(services?.['api'], fields, JSON.stringify(rows, undefined, 1));
    assert.deepEqual(
      rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
      lost,
    );
  });
}
