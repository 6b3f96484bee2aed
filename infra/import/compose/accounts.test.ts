import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

/** Returns the variables of `web` in an import of these services, and the secrets. */
async function imported(
  t: Parameters<typeof importOf>[0],
  services: string,
  files: Record<string, string> = {},
) {
  const { texts, secrets } = await importOf(t, {
    ...files,
    'compose.yaml': `name: shop\nservices:\n${services}`,
  });
  const { web } = servicesOf(texts, 'shop') as { web: { variables: Record<string, string> } };
  return { variables: web.variables, secrets, text: Object.values(texts).join('\n') };
}

test('a variable that only has the same text as an account of a database is no reference', async (t) => {
  const { variables, secrets } = await imported(
    t,
    `  db: { image: "postgres:17", env_file: db.env }
  web: { image: "acme/web:1", env_file: web.env }
`,
    {
      'db.env': 'POSTGRES_DB=shop\nPOSTGRES_USER=shop\nPOSTGRES_PASSWORD=canary-1\n',
      'web.env':
        'EMAIL_USERNAME=shop\nEMAIL_PASSWORD=canary-1\nDB_USER=shop\nPOSTGRES_DB=shop\nAPP_STORE_HOST=db\nAPP_STORE_USER=shop\nAPP_STORE_PASSWORD=canary-1\n',
    },
  );
  assert.deepEqual(variables, {
    EMAIL_USERNAME: 'shop',
    EMAIL_PASSWORD: '${{secret.EMAIL_PASSWORD}}',
    DB_USER: '${{db.PGUSER}}',
    POSTGRES_DB: '${{db.PGDATABASE}}',
    APP_STORE_HOST: '${{db.HOST}}',
    APP_STORE_USER: '${{db.PGUSER}}',
    APP_STORE_PASSWORD: '${{db.PGPASSWORD}}',
  });
  assert.deepEqual(secrets, ['EMAIL_PASSWORD']);
});

test('a line of a file that the database and a service read is a reference, also without a value', async (t) => {
  const { variables } = await imported(
    t,
    `  db: { image: "postgres:17", env_file: db.env }
  web: { image: "acme/web:1", env_file: db.env, environment: { EMPTY_PASSWORD: "" } }
`,
    { 'db.env': 'POSTGRES_PASSWORD=\nPOSTGRES_DB=\nPOSTGRES_USER=shop\nBROKER_USER=shop\n' },
  );
  assert.deepEqual(variables, {
    POSTGRES_PASSWORD: '${{db.PGPASSWORD}}',
    POSTGRES_DB: '${{db.PGDATABASE}}',
    POSTGRES_USER: '${{db.PGUSER}}',
    BROKER_USER: 'shop',
    EMPTY_PASSWORD: '',
  });
});

const address = 'postgresql://shop:canary-1@db:5432/shop';

for (const [form, value, env] of [
  ['the default of a variable', `\${DATABASE_URL:-${address}}`, ''],
  ['the value of a variable', '${DATABASE_URL}', `DATABASE_URL=${address}\n`],
  [
    'a default of variables',
    '${DATABASE_URL:-postgresql://${USER:-shop}:${PASS}@db:5432/shop}',
    'PASS=canary-1\n',
  ],
] as const) {
  test(`${form} that is the address of a data service is a reference`, async (t) => {
    const { variables, secrets, text } = await imported(
      t,
      `  db: { image: "postgres:17", environment: { POSTGRES_USER: shop, POSTGRES_DB: shop } }
  web: { image: "acme/web:1", environment: { DATABASE_URL: "${value}" } }
`,
      { '.env': env },
    );
    assert.deepEqual(variables, { DATABASE_URL: '${{db.DATABASE_URL}}' });
    assert.deepEqual(secrets, []);
    assert.ok(!text.includes('canary'));
  });
}

test('the address of another server with a password stays a secret', async (t) => {
  const { variables } = await imported(
    t,
    '  web: { image: "acme/web:1", environment: { DATABASE_URL: "${DATABASE_URL:-postgresql://shop:canary-1@elsewhere/shop}" } }\n',
  );
  assert.deepEqual(variables, { DATABASE_URL: '${{secret.DATABASE_URL}}' });
});

test('a file of variables refers to its earlier lines, and to .env before them', async (t) => {
  const { variables, secrets, text } = await imported(
    t,
    `  db: { image: "postgres:17" }
  web: { image: "acme/web:1", env_file: [first.env, web.env] }
`,
    {
      '.env': 'LEVEL=debug\n',
      'first.env': 'SCHEME=postgresql\n',
      'web.env': [
        'LEVEL=info',
        'DB_PASSWORD=canary-1',
        'DB_HOST=db',
        'DATABASE_URL=$SCHEME://shop:${DB_PASSWORD}@${DB_HOST}:5432/shop',
        'OPTIONS=level=${LEVEL},token=${DB_PASSWORD}',
        'LATER=${LAST}',
        'LAST=1',
        'OWN=${OWN}',
        '',
      ].join('\n'),
    },
  );
  assert.deepEqual(variables, {
    SCHEME: 'postgresql',
    LEVEL: 'info',
    DB_PASSWORD: '${{secret.DB_PASSWORD}}',
    DB_HOST: '${{db.HOST}}',
    DATABASE_URL: '${{db.DATABASE_URL}}',
    OPTIONS: 'level=${{shared.LEVEL}},token=${{secret.DB_PASSWORD}}',
    LATER: '${{secret.LAST}}',
    LAST: '1',
    OWN: '${{secret.OWN}}',
  });
  assert.deepEqual(secrets, ['DB_PASSWORD', 'LAST', 'OWN']);
  assert.ok(!text.includes('canary'));
});

for (const command of ['--requirepass ${REDIS_AUTH:-canary-1}', 'redis-server --requirepass canary-1']) {
  test(`the password of Redis in the command "${command}" is a reference in other services`, async (t) => {
    const { variables, secrets, text } = await imported(
      t,
      `  redis: { image: "redis:7", command: "${command}" }
  web: { image: "acme/web:1", environment: { REDIS_HOST: redis, REDIS_AUTH: "${command.slice(command.indexOf('requirepass ') + 12)}" } }
`,
    );
    assert.deepEqual(variables, { REDIS_HOST: '${{redis.HOST}}', REDIS_AUTH: '${{redis.REDISPASSWORD}}' });
    assert.deepEqual(secrets, []);
    assert.ok(!text.includes('canary'));
  });
}

test('a password of a database that is a variable is a reference also where a file of variables has its value', async (t) => {
  const { variables, secrets } = await imported(
    t,
    `  db: { image: "postgres:17", environment: { POSTGRES_PASSWORD: "$\{POSTGRES_PASSWORD}" } }
  web: { image: "acme/web:1", env_file: web.env }
`,
    { '.env': 'POSTGRES_PASSWORD=canary-1\n', 'web.env': 'DB_PASSWORD=canary-1\n' },
  );
  assert.deepEqual(variables, { DB_PASSWORD: '${{db.PGPASSWORD}}' });
  assert.deepEqual(secrets, []);
});
