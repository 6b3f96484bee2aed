import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { stringify } from 'yaml';
import { coverDocument } from './cover-document.ts';
import { compareSides, sidesOf } from './testing.ts';

const canary = 'canary-51c7aa';
const secret = '${{secret.TOKEN}}';

interface Side {
  /** Fields of the service `api`. */
  api?: object;
  /** Variables of `api`. */
  variables?: object;
  /** Fields of the stack. */
  stack?: object;
  /** Other services. */
  others?: object;
}

const code = { source: 'infra/graph', start: './run' };
const side = ({ api, variables, stack, others }: Side) => ({
  text: stringify({
    name: 'shop',
    services: {
      api: { ...code, ...api, variables: { LEVEL: 'info', ...variables } },
      web: { ...code, start: `./web --key ${canary}` },
      ...others,
    },
    ...stack,
  }),
});

function compare(before: Side, after: Side) {
  return compareSides(side(before), side(after), { api: 'update', gateway: 'update' });
}

const fieldIn = ({ services }: ReturnType<typeof compare>, path: string) => {
  const causes = services.flatMap((change) => change.causes);
  const found = causes.find((one) => one.kind === 'field' && one.path === path);
  return found?.kind === 'field' ? [found.before, found.after] : undefined;
};

const valueIn = ({ services }: ReturnType<typeof compare>, name: string) => {
  const value = services[0]?.values.find((one) => one.name === name);
  return value && [value.before, value.after];
};

const uses = { variables: { B: secret } };

const registry = { registry: 'ghcr.io' };

/** Each has the literal in the first side, and a secret in its place in the second one. */
const moves: Record<string, [Side, Side]> = {
  'the variable of another name': [{ variables: { OLD: canary } }, { variables: { NEW: secret } }],
  'a part of a text': [{ variables: { A: `a ${canary}` } }, { variables: { A: `a ${secret}` } }],
  'a part beside another secret': [
    { variables: { A: `\${{secret.B}}${canary}` } },
    { variables: { A: `\${{secret.B}}${secret}` } },
  ],
  'the password of an address that stays': [
    { variables: { A: `https://u:${canary}@host/` } },
    { variables: { A: 'https://host/', B: secret } },
  ],
  'a part in angle brackets': [{ variables: { A: `a<${canary}>b` } }, { variables: { A: secret } }],
  'a part that looks like a reference': [
    { variables: { A: `$\${{secret.${canary}}}` } },
    { variables: { A: secret } },
  ],
  'a part after a dollar sign': [
    { variables: { COST: '1$', A: `1$${canary}` } },
    { variables: { COST: '1$', A: `\${{COST}}${secret}` } },
  ],
  'the variable of another name, whose name stays with a literal': [
    { variables: { AUTH: `Basic ${canary}` } },
    { variables: { AUTH: 'header', NEW: secret } },
  ],
  'a text that names the variable': [
    { variables: { A: `key ${canary}`, B: secret } },
    { variables: { A: 'key $B', B: secret } },
  ],
  'a variable of preDeploy': [
    { api: { preDeploy: { command: 'x', variables: { A: canary } } } },
    { api: { preDeploy: { command: 'x', variables: { A: secret } } } },
  ],
  'start, with a variable in its place': [
    { ...uses, api: { start: `./run --token=${canary}` } },
    { ...uses, api: { start: './run --token=$B' } },
  ],
  'start, without it': [{ api: { start: `./run ${canary}` } }, uses],
  preDeploy: [
    { api: { preDeploy: [`./migrate '${canary}'`] } },
    { ...uses, api: { preDeploy: ["./migrate '$B'"] } },
  ],
  build: [{ api: { build: `make ${canary}` } }, { ...uses, api: { build: 'make' } }],
  'a health path': [
    { api: { health: { path: `/health/${canary}` } } },
    { ...uses, api: { health: { path: '/health' } } },
  ],
  'the credentials of a registry': [
    { stack: { imagePullSecrets: [{ ...registry, username: canary, password: '${{secret.A}}' }] } },
    { stack: { imagePullSecrets: [{ ...registry, username: 'bot', password: secret }] } },
  ],
};

describe('a literal that becomes a secret, or was one, is hidden on both sides', () => {
  for (const [name, [literal, reference]] of Object.entries(moves)) {
    test(name, () => {
      for (const found of [compare(literal, reference), compare(reference, literal)]) {
        assert.ok(JSON.stringify(found.services[0]?.causes).length > 2);
        assert.ok(!JSON.stringify(found).includes(canary), JSON.stringify(found));
      }
    });
  }
});

test('the service of a literal can have another name too', () => {
  const service = (name: string, value: string) => ({
    others: { [name]: { ...code, variables: { A: value } } },
  });
  const found = compareSides(side(service('old', canary)), side(service('new', secret)), {
    old: 'delete',
    new: 'create',
  });
  assert.ok(!JSON.stringify(found).includes(canary));
});

test('the same literal is hidden where it stays, in all encodings', () => {
  const literal = 'canary&51c7aa';
  const encoded = [Buffer.from(literal).toString('base64'), encodeURIComponent(literal)];
  const start = (end: string) => ({ api: { start: ['./run', literal, ...encoded, end].join(' ') } });
  const before = { ...start('a'), variables: { A: literal } };
  const found = compare(before, { ...start('b'), variables: { A: secret } });
  assert.equal(fieldIn(found, 'start')?.[1], './run (hidden) (hidden) (hidden) b');
});

test('the password of an address is hidden alone too', () => {
  const start = (end: string) => ({ api: { start: `./run ${canary} ${end}` } });
  const before = { ...start('a'), variables: { A: `postgres://app:${canary}@db/shop` } };
  const found = compare(before, { ...start('b'), variables: { A: secret } });
  assert.deepEqual(fieldIn(found, 'start')?.[1], './run (hidden) b');
});

test('a short literal is hidden in the text that it stands in', () => {
  const short = 'q7x';
  const before = { api: { preDeploy: `./migrate ${short}`, build: `make ${short}` } };
  const after = { ...uses, api: { preDeploy: './migrate $B', build: 'make $B' } };
  const inputs = (settings: string) => ({ inputs: { api: { settings } } });
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const) {
    const found = compareSides(
      { ...side(one), ...inputs(`command: ${one.api.build}`) },
      { ...side(other), ...inputs(`command: ${other.api.build}`) },
      { api: 'update' },
    );
    assert.ok(found.services[0]?.causes.some(({ kind }) => kind === 'build'));
    assert.ok(!JSON.stringify(found).includes(short), JSON.stringify(found));
  }
});

test('a literal that equals a word of the other side is hidden if it occurs once more', () => {
  const found = compare({ variables: { A: 'app app' } }, { variables: { A: `app ${secret}` } });
  assert.deepEqual(valueIn(found, 'A'), ['app (hidden)', `app ${secret}`]);
});

test('texts that people write about the stack are covered too', () => {
  const sides = sidesOf(side({ variables: { A: canary } }), side({ variables: { A: secret } }));
  const finding = { rule: canary, message: `web has ${canary}`, place: { file: canary, line: 1 } };
  assert.deepEqual(coverDocument(sides, [finding]), [{ ...finding, message: 'web has (hidden)' }]);
});

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
