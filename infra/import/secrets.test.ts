import assert from 'node:assert/strict';
import { test } from 'vitest';
import { isSecretCommand, isSecretValue } from './secrets.ts';
import { importOf } from './testing.ts';

const canary = 'c4n4ry-Qx7';

const places = [
  `environment: { DB_PASSWORD: ${canary} }`,
  `environment: [STRIPE_KEY=${canary}]`,
  `environment: { NEXTAUTH_SECRET: ${canary} }`,
  `environment: { DATABASE_URL: 'mysql://root:${canary}@elsewhere:3306/x' }`,
  `environment: { SENTRY_DSN: 'https://${canary}@sentry.example.com/1' }`,
  'environment: { KEPT: "${API_TOKEN}" }',
  'environment: { URL: "amqp://user:${API_TOKEN}@broker:5672" }',
  'environment: [API_TOKEN]',
  `command: server --requirepass ${canary}`,
  `command: [server, --requirepass, ${canary}]`,
  `command: [sh, -c, "API_KEY=${canary} node main.js"]`,
  `healthcheck: { test: [CMD, cli, --password=${canary}, ping] }`,
  `build: { context: ., args: { NPM_TOKEN: ${canary} } }`,
  'env_file: app.env',
];

for (const place of places) {
  test(`a secret is not copied: ${place.replaceAll(canary, '…')}`, async (t) => {
    const { texts, rows, secrets, problems } = await importOf(t, {
      'docker-compose.yml': `services:\n  app:\n    image: ghcr.io/acme/app:1\n    ${place}\n`,
      '.env': `API_TOKEN=${canary}\n`,
      'app.env': `SMTP_PASSWORD=${canary}\nLEVEL=info\n`,
    });
    assert.ok(!JSON.stringify([texts, rows, secrets, problems]).includes(canary));
    const isCommand = /command|healthcheck|args/.test(place);
    assert.equal(secrets.length, isCommand ? 0 : 1, JSON.stringify(texts));
  });
}

test('equal values are one secret, and different values of one name are two', async (t) => {
  const { texts, secrets } = await importOf(t, {
    'docker-compose.yml': `services:
  a: { image: 'acme/a:1', environment: { API_TOKEN: one-x, OTHER_TOKEN: one-x } }
  b: { image: 'acme/b:1', environment: { API_TOKEN: two-x } }
`,
  });
  assert.deepEqual(secrets, ['API_TOKEN', 'API_TOKEN_2']);
  assert.match(Object.values(texts).join(), /OTHER_TOKEN: \$\{\{secret\.API_TOKEN\}\}/);
});

test('switches, numbers, public keys and references are no secrets', () => {
  for (const [name, value] of [
    ['TOKEN_TTL', '3600'],
    ['USE_AUTH', 'true'],
    ['STRIPE_PUBLIC_KEY', 'pk_x'],
    ['A_TOKEN', '${{secret.A}}'],
    ['KEY_PATH', '/run/key'],
  ] as const)
    assert.ok(!isSecretValue(name, value), name);
  assert.ok(!isSecretCommand('node main.js --port 3000 && TOKEN=$TOKEN run'));
});
