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
  for (const [name, [before, after, path, shown]] of Object.entries(exceptions)) {
    test(name, () => assert.deepEqual(fieldIn(compare(before, after), path), shown));
  }

  test('a variable that stays a literal, in a service that gets a secret', () => {
    const urls = ['https://old.example.com', 'https://new.example.com'];
    const found = compare({ variables: { URL: urls[0] } }, { variables: { URL: urls[1], B: secret } });
    assert.deepEqual(valueIn(found, 'URL'), urls);
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
