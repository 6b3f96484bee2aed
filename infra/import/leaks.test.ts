import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf } from './testing.ts';

interface Case {
  /** The fields of the service `app`. */
  app: string;
  dotenv?: string;
  file?: string;
  /** Parts of the secret, of which none may be copied. */
  parts: string[];
  /** Names of the secrets in the stack file. */
  secrets: string[];
}

const image = 'image: acme/app:1';

const cases: Record<string, Case> = {
  'the command of a service that is a process in an overlay': {
    app: 'build: .\n    command: node server.js --token=Qx7canary\n    ports: ["3000:3000"]',
    ...{ parts: ['Qx7canary'], secrets: [] },
  },
  'a value of .env with $': {
    app: `${image}\n    environment: { SECRET_KEY: "\${SECRET_KEY}" }`,
    dotenv: 'SECRET_KEY=Qx7$canary!Zz9\n',
    ...{ parts: ['Qx7', 'Zz9'], secrets: ['SECRET_KEY'] },
  },
  'a value of an env_file with $': {
    app: `${image}\n    env_file: app.env`,
    file: 'ADMIN_PASSWORD=Qx7$canary!Zz9\n',
    ...{ parts: ['Qx7', 'Zz9'], secrets: ['ADMIN_PASSWORD'] },
  },
  'a value of which a variable is a part': {
    app: `${image}\n    environment: { API_TOKEN: "Qx7\${LEVEL:-info}Zz9" }`,
    ...{ parts: ['Qx7', 'Zz9'], secrets: ['API_TOKEN'] },
  },
  'a value of .env in a command': {
    app: `${image}\n    command: worker --key-of \${API_TOKEN}`,
    dotenv: 'API_TOKEN=Qx7canary\n',
    ...{ parts: ['Qx7canary'], secrets: [] },
  },
  'a default in a command': {
    app: `${image}\n    command: [worker, "\${API_TOKEN:-Qx7canary}"]`,
    ...{ parts: ['Qx7canary'], secrets: [] },
  },
  'a default in a URL': {
    app: `${image}\n    environment: { DATABASE_URL: "postgres://u:\${DB:-Qx7canary}@db.example.com/x" }`,
    ...{ parts: ['Qx7canary'], secrets: ['DB'] },
  },
  'the default of a variable with another name': {
    app: `${image}\n    environment: { SECRET_KEY: "\${VALUE:-Qx7canary}" }`,
    ...{ parts: ['Qx7canary'], secrets: ['VALUE'] },
  },
  'a variable that is another one': {
    app: `${image}\n    environment: { SECRET_KEY: "\${VALUE}" }`,
    dotenv: 'VALUE=${OTHER}\nOTHER=Qx7canary\n',
    ...{ parts: ['Qx7canary'], secrets: ['OTHER'] },
  },
};

for (const [name, { app, dotenv = '', file = '', parts, secrets }] of Object.entries(cases)) {
  test(`no part of a secret is copied: ${name}`, async (t) => {
    const plan = await importOf(t, {
      'compose.yaml': `services:\n  app:\n    ${app}\n`,
      ...{ '.env': dotenv, 'app.env': file, Dockerfile: 'FROM node:24\n', 'server.js': '' },
      'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }',
    });
    const { texts, rows, problems, targets } = plan;
    const shown = JSON.stringify([texts, rows, problems, targets, plan.secrets]);
    assert.deepEqual(
      parts.filter((part) => shown.includes(part)),
      [],
      shown,
    );
    assert.deepEqual(plan.secrets, secrets);
  });
}

test('a report says what becomes of the variables of .env in a command', async (t) => {
  const { lines } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `services:\n  app:\n    ${image}\n    command: [w, "\${API_TOKEN}", "\${LEVEL}"]\n`,
    '.env': 'API_TOKEN=Qx7canary\nLEVEL=info\nOTHER=1\n',
  });
  assert.deepEqual(lines.slice(0, 3), [
    '.env:1:1 defaulted API_TOKEN its value is a secret, which is not copied into a command',
    '.env:2:1 defaulted LEVEL its value is in place of its name where services refer to it',
    '.env:3:1 defaulted OTHER no service refers to it',
  ]);
  assert.match(lines.join('\n'), /cannot services\.app\.command the command contains a password/);
});

test('a variable of .env that contains itself does not stop the import', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml':
      'services:\n  app:\n    image: acme/app:1\n    environment: { X: "${X}", A: "${A}", T: "${USE_AUTH}" }\n',
    '.env': 'X=$X:/opt\nA=$B\nB=1${A}\nUSE_AUTH=true\n',
  });
  const text = texts['stacks/shop.yaml'] ?? '';
  assert.match(text, /X: \$\{\{secret\.X\}\}:\/opt/);
  assert.match(text, /A: 1\$\{\{secret\.A\}\}/);
  assert.match(text, /T: \$\{\{shared\.USE_AUTH\}\}/);
});
