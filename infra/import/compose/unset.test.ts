import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, servicesOf } from '../testing.ts';

test('a field with a variable that no file sets keeps its text, and a row names the variable and its file', async (t) => {
  const { texts, rows } = await importOf(t, {
    'compose.yaml': `
name: shop
services:
  web:
    image: acme/web:1
    command: [run, "--flags=\${FLAGS}", "--more=\${SET:-a}\${SET:+\${NONE}}", "--last=\${SET-\${LAST}}", "$$HOME"]
    environment: { TOKEN: "\${TOKEN}" }
    container_name: \${UNUSED}
    stop_grace_period: \${GRACE}
    unknown: \${OTHER}
`,
  });
  assert.deepEqual(servicesOf(texts, 'shop')['web'], {
    image: 'acme/web:1',
    command: ['run', '--flags=', '--more=a', '--last=', '$HOME'],
    variables: { TOKEN: '${{secret.TOKEN}}' },
  });
  const said = rows.flatMap(({ field, why = '' }) => (/^no file sets/.test(why) ? [[field, why]] : []));
  const why = (name: string) =>
    `no file sets ${name}, which is empty here; write ${name} into .env, then import again`;
  assert.deepEqual(said, [
    ['services.web.command.1', why('FLAGS')],
    ['services.web.command.3', why('LAST')],
    ['services.web.stop_grace_period', why('GRACE')],
    ['services.web.unknown', why('OTHER')],
  ]);
  // A remark takes the place of no other row.
  assert.ok(
    rows.some(({ field, to }) => field === 'services.web.command.1' && to === 'services.web.command'),
  );
  assert.ok(rows.some(({ field, outcome }) => field === 'services.web.unknown' && outcome === 'cannot'));
});

test('a service whose host port is a variable that no file sets is public', async (t) => {
  for (const port of [
    '"${WEB_PORT}:3000"',
    '"127.0.0.1:${WEB_PORT}:3000"',
    '{ target: 3000, published: "${WEB_PORT}" }',
  ]) {
    const { texts, rows } = await importOf(t, {
      'compose.yaml': `name: shop\nservices:\n  web: { image: "acme/web:1", ports: [${port}] }\n`,
    });
    const { gateway } = parse(texts['stacks/shop.yaml'] ?? '') as { gateway: object };
    assert.partialDeepStrictEqual(gateway, { routes: [{ path: '/*', to: 'web' }] });
    assert.ok(rows.some(({ why }) => why?.startsWith('no file sets WEB_PORT')));
  }
});

test('other ports whose host port is not set are published under their own number', async (t) => {
  const { texts } = await importOf(t, {
    'compose.yaml': `name: shop\nservices:\n  mq: { image: "acme/mq:1", ports: ["\${A}:5672", "\${B}:9000"] }\n`,
  });
  assert.partialDeepStrictEqual(servicesOf(texts, 'shop')['mq'], {
    port: 5672,
    publish: { main: 5672, 'port-9000': 9000 },
  });
});

test('an argument of a build that no file sets is no secret, unless its name is that of one', async (t) => {
  const { rows, secrets } = await importOf(t, {
    Dockerfile: 'FROM node:24\n',
    'compose.yaml': `
name: shop
services:
  web: { build: { context: ., args: { VERSION: "\${VERSION}", COMMIT: , NPM_TOKEN: "\${NPM_TOKEN}" } } }
`,
  });
  const said = rows.flatMap(({ field, why, next }) => (field.includes('args') ? [[field, why, next]] : []));
  assert.deepEqual(said.slice(0, 2), [
    ['services.web.build.args.VERSION', 'no file sets VERSION', 'write VERSION into .env, then import again'],
    ['services.web.build.args.COMMIT', 'no file sets COMMIT', 'write COMMIT into .env, then import again'],
  ]);
  assert.match(String(said[2]), /gets no secrets/);
  assert.deepEqual(secrets, []);
});

test('a service with neither image nor build has this as its reason', async (t) => {
  const { rows } = await importOf(t, {
    'compose.yaml': `
services:
  app: { image: "acme/app:1", depends_on: [db] }
  db: { volumes: ["/mnt/db:/var/lib/postgresql/data"] }
`,
  });
  const own = rows.filter(({ line }) => line === 4);
  assert.deepEqual(
    own.map(({ field, outcome }) => [field, outcome]),
    [['services.db', 'cannot']],
  );
  assert.match(own[0]?.why ?? '', /neither `image` nor `build`/);
});

test('the version of a file that services extend has the row of that of the main file', async (t) => {
  const { rows } = await importOf(t, {
    'compose.yaml': 'version: "3.8"\nservices:\n  web: { extends: { file: common.yaml, service: base } }\n',
    'common.yaml': 'version: "3.8"\nservices:\n  base: { image: "acme/web:1" }\n',
  });
  const of = rows.filter(({ field }) => field === 'version').map(({ why }) => why);
  assert.deepEqual(of, ['Compose ignores it', 'Compose ignores it']);
});
