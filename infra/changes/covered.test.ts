import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { coverDocument } from './cover-document.ts';
import { compareSides, sidesOf } from './testing.ts';
import { canary, secret, code, side, compare, fieldIn, valueIn, uses, type Side } from './testing-covered.ts';

const registry = { registry: 'ghcr.io' };

/** Each has the literal in the first side, and a secret in its place in the second one. */
const moves: Record<string, [Side, Side]> = {
  'the variable of another name': [{ variables: { OLD: canary } }, { variables: { NEW: secret } }],
  'a part of a text': [{ variables: { A: `a ${canary}` } }, { variables: { A: `a ${secret}` } }],
  'a literal that becomes a secret, in a text that already contains another secret': [
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
