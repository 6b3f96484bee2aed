import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { coverDocument } from './cover-document.ts';
import { compareSides, sidesOf } from './testing.ts';
import { canary, secret, code, side, compare, fieldIn, valueIn, uses, type Side } from './testing-covered.ts';

describe('what is only ever plain is shown', () => {
  const route = { path: '/*', to: 'api' };
  const auth = (audience: string) => ({
    api: { port: 3000 },
    stack: {
      gateway: { routes: [{ ...route, auth: { jwks: 'https://id.example.com/', issuer: 'x', audience } }] },
    },
  });
  const exceptions: Record<string, [Side, Side, string, [string, string]]> = {
    'a schedule, which has no place for a secret': [
      { api: { cron: '0 0 31 12 *' } },
      { ...uses, api: { cron: '0 0 30 12 *' } },
      'cron',
      ['0 0 31 12 *', '0 0 30 12 *'],
    ],
    'a folder, which is in the repository': [
      { api: { source: 'infra/changes' } },
      { ...uses, api: { source: 'infra/policy' } },
      'source',
      ['infra/changes', 'infra/policy'],
    ],
    'a field of the gateway, which has no variables': [
      auth('old-audience'),
      { ...uses, ...auth('new-audience') },
      'gateway.routes./*.auth.audience',
      ['old-audience', 'new-audience'],
    ],
    'the words of a command that both sides have': [
      { api: { start: './run --verbose-output on' } },
      { ...uses, api: { start: './run --verbose-output' } },
      'start',
      ['./run --verbose-output (hidden)', './run --verbose-output'],
    ],
  };
  const generated = { db: { type: 'postgres', version: '17' } };
  Object.assign(exceptions, {
    'the command of a service that gets a generated password': [
      { api: { start: './run --db $DB_HOST' }, others: generated, variables: { DB_HOST: 'old' } },
      {
        api: { start: './run --postgres' },
        others: generated,
        variables: { DATABASE_URL: '${{db.DATABASE_URL}}' },
      },
      'start',
      ['./run --db $DB_HOST', './run --postgres'],
    ],
    'files that a command reads and writes': [
      { api: { start: 'psql <a.sql >a.log' } },
      { api: { start: 'psql <b.sql >b.log' } },
      'start',
      ['psql <a.sql >a.log', 'psql <b.sql >b.log'],
    ],
  });
  for (const [name, [before, after, path, shown]] of Object.entries(exceptions)) {
    test(name, () => assert.deepEqual(fieldIn(compare(before, after), path), shown));
  }

  test('a variable that stays a literal, in a service that gets a secret', () => {
    const pairs = [
      ['https://old1.example.com', 'https://new1.example.com'],
      ['db1.example.com:5432', 'db2.example.com:5432'],
      ['10.0.0.12', '10.0.0.13'],
      ['localhost:3000', 'localhost:3001'],
      ['every-request', 'every-response'],
    ];
    for (const [before, after] of pairs) {
      const found = compare({ variables: { A: before } }, { variables: { A: after, B: secret } });
      assert.deepEqual(valueIn(found, 'A'), [before, after]);
    }
  });

  test('an address in angle brackets, in a service that gets no secret', () => {
    const variables = (name: string) => ({ variables: { MAIL_FROM: `Shop <${name}@shop.example>` } });
    const found = compare(
      { ...variables('a'), api: { start: './run --verbose' } },
      { ...variables('b'), api: { start: './run' } },
    );
    const [before, after] = ['Shop <a@shop.example>', 'Shop <b@shop.example>'];
    assert.deepEqual(found.services[0]?.values, [{ name: 'MAIL_FROM', before, after }]);
    assert.deepEqual(fieldIn(found, 'start'), ['./run --verbose', './run']);
  });

  test('a service with another name and the same secrets', () => {
    const moved = { ...code, variables: { URL: 'https://shop.example', TOKEN: secret } };
    const found = compareSides(
      side({ others: { mail: moved } }),
      side({ others: { post: moved, keeper: { ...code, ...uses } }, ...uses }),
      { mail: 'delete', post: 'create' },
    );
    const url = found.services.flatMap(({ values }) => values.filter(({ name }) => name === 'URL'));
    assert.deepEqual(url, [
      { name: 'URL', after: 'https://shop.example' },
      { name: 'URL', before: 'https://shop.example' },
    ]);
  });

  test('a long word of a health path, in other services', () => {
    const health = (port: number, path: string) => ({ port, health: { path, ready: path } });
    const others = { shop: { ...code, ...health(3001, '/health/ready') } };
    const found = compareSides(
      side({ api: health(3000, '/health/ready'), others }),
      side({ api: health(3000, '/up'), ...uses, others }),
      { api: 'update', shop: 'update' },
    );
    assert.deepEqual(fieldIn(found, 'health.path'), ['(hidden)', '/up']);
    const shop = found.services.find(({ service }) => service === 'shop');
    assert.deepEqual(shop?.rollout?.gates, ['`/health/ready` within 300 s']);
  });

  test('the stages of environments, and the types of data services', () => {
    const sides = sidesOf(side({ variables: { OLD: 'production', DB: 'postgres' } }), side(uses));
    const finding = { message: 'In production, the data of `db` (postgres 17) are backed up.' };
    assert.deepEqual(coverDocument(sides, finding), finding);
  });

  test('the text around a secret', () => {
    const url = (password: string) => `postgres://app:${password}@db/shop`;
    const found = compare({ variables: { A: url(canary) } }, { variables: { A: url(secret) } });
    assert.deepEqual(valueIn(found, 'A'), ['(hidden)', url(secret)]);
  });

  test('a removed variable, in a service that gets no secret', () => {
    const found = compare({ variables: { OLD: 'plain' } }, { others: { new: { ...code, ...uses } } });
    assert.deepEqual(valueIn(found, 'OLD'), ['plain', undefined]);
  });
});
