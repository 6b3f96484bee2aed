import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describeSteps } from '../report.ts';
import { importOf, servicesOf } from '../testing.ts';

const compose = `
services:
  db:
    image: postgres:16
    environment: { POSTGRES_PASSWORD_FILE: /run/secrets/db-password, POSTGRES_DB: shop }
    secrets: [db-password]
  api:
    image: acme/api:1
    ports: ["4000:4000"]
    secrets:
      - db-password
      - { source: session, target: session.key, uid: "103", mode: 0440 }
      - { source: license, target: /etc/license }
  proxy:
    image: nginx:1.27
    ports: ["8080:80"]
    configs:
      - site
      - { source: upstream, target: /etc/nginx/conf.d/upstream.conf, mode: "0644" }
      - { source: level, target: etc/level }
      - { source: start, target: /start.sh, mode: 0755 }
      - { source: kept, target: /kept }
      - nowhere
configs:
  site: { file: ./deploy/site.conf }
  upstream: { content: "upstream api { server api:4000; }\\nset $$level \${LEVEL};" }
  level: { environment: LEVEL }
  start: { file: ./deploy/start.sh }
  kept: { external: true, name: kept_v2 }
  unused: { file: ./deploy/site.conf }
secrets:
  db-password: { file: ./secrets/db.txt }
  session: { environment: SESSION_KEY }
  license: { external: true }
`;

const files = {
  'package.json': '{ "name": "shop" }',
  'compose.yaml': compose,
  '.env': 'LEVEL=info\nSESSION_KEY=Qx7canary\n',
  'deploy/site.conf': 'server {}',
  'deploy/start.sh': 'exit 0',
  'secrets/db.txt': 'Qx7canary2',
};

test('configs and secrets are files of the services that mount them, and no value of a secret is copied', async (t) => {
  const plan = await importOf(t, files);
  const { texts, rows, secrets } = plan;
  const { db, api, proxy } = servicesOf(texts, 'shop');
  assert.deepEqual(db, { type: 'postgres', version: '16' });
  assert.partialDeepStrictEqual(api, {
    files: [
      { path: '/run/secrets/db-password', content: '${{db.PGPASSWORD}}' },
      { path: '/run/secrets/session.key', content: '${{secret.SESSION_KEY}}' },
      { path: '/etc/license', content: '${{secret.LICENSE}}' },
    ],
  });
  assert.partialDeepStrictEqual(proxy, {
    files: [
      { path: '/site', source: 'deploy/site.conf' },
      {
        path: '/etc/nginx/conf.d/upstream.conf',
        content: 'upstream api { server ${{api.HOST}}:${{api.PORT}}; }\nset $level ${{shared.LEVEL}};',
      },
      { path: '/etc/level', content: '${{shared.LEVEL}}' },
      { path: '/start.sh', source: 'deploy/start.sh' },
    ],
  });
  assert.deepEqual(secrets, ['LICENSE', 'SESSION_KEY']);
  assert.doesNotMatch(JSON.stringify([texts, rows]), /Qx7canary/);
  const lost = rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field);
  assert.deepEqual(lost, [
    'services.proxy.configs.3.mode',
    'services.proxy.configs.4',
    'services.proxy.configs.5',
    'configs.kept',
  ]);
});

test('the command that sets a secret reads the file that has its value', async (t) => {
  const plan = await importOf(t, {
    ...{ 'package.json': '{ "name": "shop" }', 'secrets/api key.txt': 'Qx7canary' },
    'compose.yaml': `
services:
  api: { image: "acme/api:1", secrets: [api_key, own] }
secrets:
  api_key: { file: "./secrets/api key.txt" }
  own: { file: ~/own.txt }
`,
  });
  const steps = describeSteps({ ...plan, root: process.cwd() }).join('\n');
  assert.match(steps, /^ {2}npx --no -- railhead secrets set API_KEY -s dev < 'secrets\/api key\.txt'$/m);
  assert.match(steps, /^ {2}npx --no -- railhead secrets set OWN -s dev$/m);
});

test('a config with a credential is a secret as a whole', async (t) => {
  const { texts, secrets } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `
services:
  api: { image: "acme/api:1", configs: [{ source: own, target: /etc/own.yaml }, { source: own, target: /etc/own.yaml }] }
configs:
  own: { content: "level: 1\\npassword: Qx7canary\\n" }
`,
  });
  assert.deepEqual(servicesOf(texts, 'shop')['api'], {
    ...{ image: 'acme/api:1', files: [{ path: '/etc/own.yaml', content: '${{secret.ETC_OWN_YAML}}' }] },
  });
  assert.deepEqual(secrets, ['ETC_OWN_YAML']);
});
