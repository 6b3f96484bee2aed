import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

/** Returns what an import of two services makes, of which `web` has these variables. */
async function imported(
  t: Parameters<typeof importOf>[0],
  variables: Record<string, string>,
  { fields = '', env = '' } = {},
) {
  const { texts, lines } = await importOf(t, {
    '.env': env,
    'compose.yaml': `
name: shop
services:
  web:
    image: acme/web:1
    environment: ${JSON.stringify(variables)}
  tika: { image: "apache/tika:3", ${fields} }
`,
  });
  const { web, tika } = servicesOf(texts, 'shop');
  return { web, tika, rows: lines.filter((line) => line.includes(' reaches tika ')), lines };
}

const uses: Record<string, [Record<string, string>, Record<string, string>, env?: string]> = {
  'an address': [{ TIKA_URL: 'http://tika:9998' }, { TIKA_URL: '${{tika.URL}}' }],
  'the address of another protocol': [
    { TIKA: 'amqp://tika:9998/%2F' },
    { TIKA: 'amqp://${{tika.HOST}}:${{tika.PORT}}/%2F' },
  ],
  'a host with a port': [{ SERVERS: 'tika:9998' }, { SERVERS: '${{tika.HOST}}:${{tika.PORT}}' }],
  'two variables': [
    { TIKA_HOST: 'tika', TIKA_PORT: '9998' },
    { TIKA_HOST: '${{tika.HOST}}', TIKA_PORT: '9998' },
  ],
  'shared variables': [
    { TIKA_URL: 'http://${TIKA_HOST}:${TIKA_PORT}' },
    { TIKA_URL: '${{tika.URL}}' },
    'TIKA_HOST=tika\nTIKA_PORT=9998\n',
  ],
};

for (const [form, [variables, became, env]] of Object.entries(uses)) {
  test(`a service without ports has the port at which ${form} of another service reaches it`, async (t) => {
    const { web, tika, rows, lines } = await imported(t, variables, { env });
    assert.deepEqual(tika, { image: 'apache/tika:3', port: 9998 });
    assert.deepEqual(web, { image: 'acme/web:1', variables: became });
    assert.match(
      rows.join('\n'),
      /^\S+ defaulted \S* ?→ services\.tika\.port \w+ of web reaches tika at this port$/,
    );
    assert.ok(!lines.some((line) => line.includes(' cannot ')), lines.join('\n'));
  });
}

test('a service with a port has the other ports at which variables reach it in `ports`', async (t) => {
  const { web, tika, rows } = await imported(
    t,
    { TIKA_URL: 'http://tika:9998', BROKER: 'http://tika:5679', SAME: 'http://tika:5679/a' },
    { fields: 'expose: [9998]' },
  );
  assert.deepEqual(tika, { image: 'apache/tika:3', port: 9998, ports: { 'port-5679': 5679 } });
  assert.deepEqual(web, {
    image: 'acme/web:1',
    variables: {
      TIKA_URL: '${{tika.URL}}',
      BROKER: 'http://${{tika.PORT_5679_ADDRESS}}',
      SAME: 'http://${{tika.PORT_5679_ADDRESS}}/a',
    },
  });
  assert.equal(rows.length, 1);
  assert.match(rows.join(), /→ services\.tika\.ports\.port-5679 BROKER of web reaches tika at this port$/);
});

test('a user with a number as its password is no address', async (t) => {
  const { tika } = await imported(t, { PROXY_URL: 'http://tika:9998@elsewhere:80', TAG: 'xtika:1' });
  assert.deepEqual(tika, { image: 'apache/tika:3' });
});
