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

interface Examples {
  isSecret: boolean;
  /** Values by the names of their variables. */
  values: Record<string, string>;
  commands: string[];
}

const examples: Record<string, Examples> = {
  'names and commands that have a secret': {
    isSecret: true,
    values: {
      SLACK_WEBHOOK_URL: 'https://hooks.example.com/services/T0/B0/abc',
      DB_PW: 'hunter2',
      PW_OF_DB: 'hunter2',
      JWT: 'abc',
      LICENSE: 'ABCD-EFGH',
      LICENCE_TEXT: 'ABCD-EFGH',
    },
    commands: [
      'curl -u admin:x https://a.test',
      'curl --user=admin:x https://a.test',
      'curl -uadmin:x https://a.test',
      'mysqladmin ping -uroot -psecret',
      'mysqladmin ping -psecret -uroot',
      'redis-cli -a secret ping',
      'worker --auth abc123',
      'curl -H "Authorization: Bearer abc" https://a.test',
    ],
  },
  'switches, numbers, public keys and references are no secrets': {
    isSecret: false,
    values: {
      TOKEN_TTL: '3600',
      USE_AUTH: 'true',
      STRIPE_PUBLIC_KEY: 'pk_x',
      A_TOKEN: '${{secret.A}}',
      KEY_PATH: '/run/key',
      WEBHOOK_PATH: '/hooks/a',
      JWT_ALGORITHM: 'HS256',
      ACCEPT_LICENSE: 'yes',
      PWD: '/app',
      API_KEY_RATE_LIMIT: '60/minute',
      TOKEN_REGION: 'eu-west-1',
      TLS_KEY: '/certs/redis.key',
    },
    commands: [
      'node main.js --port 3000 && TOKEN=$TOKEN run',
      'server -p 3000 -port=3000 -pidfile /run/a',
      'mkdir -p/data && tsc -p./tsconfig.json',
      'mysqladmin ping -uroot -p$MYSQL_PASSWORD',
      'mysqladmin -p ping --port 3306',
      'mysqladmin -P3306 ping',
      'wait-for -u http://db:80 && date -u +%H:%M',
      'run -u 1000:1000 --user 472:0 main',
      'curl -u "$USER:$PASSWORD" https://a.test',
      'curl -u admin:$PASSWORD https://a.test',
      'redis-cli -a $PASSWORD ping',
      'server --auth false --no-auth',
      'curl -H "Authorization: Bearer $TOKEN" https://a.test',
    ],
  },
};

for (const [name, { isSecret, values, commands }] of Object.entries(examples)) {
  test(name, () => {
    for (const [name, value] of Object.entries(values))
      assert.equal(isSecretValue(name, value), isSecret, name);
    for (const command of commands) assert.equal(isSecretCommand(command), isSecret, command);
  });
}
