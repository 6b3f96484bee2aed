import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { decodeProperties, encodeProperties, type Path } from './wire.ts';

test('secrets are marked in messages, and decoding separates values from marks', () => {
  const values = { name: 'api', variables: { PORT: '1', TOKEN: 'x' }, list: ['a', 'b'] };
  const secrets: Path[] = [
    ['variables', 'TOKEN'],
    ['list', 1],
  ];
  const wire = encodeProperties(values, secrets);
  const { variables } = wire.toJavaScript() as { variables: Record<string, unknown> };
  assert.deepEqual(variables.TOKEN, {
    '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
    value: 'x',
  });
  const decoded = decodeProperties(wire);
  assert.deepEqual(decoded.values, values);
  assert.deepEqual(new Set(decoded.secrets.map(String)), new Set(secrets.map(String)));
});

test('undefined values are not sent', () => {
  const wire = encodeProperties({ here: 'x', absent: undefined }, [['absent']]);
  assert.deepEqual(wire.toJavaScript(), { here: 'x' });
});

test('encoding and decoding preserve any property bag and its secrets', () => {
  const names = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
  const { bag } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.boolean(), fc.integer(), tie('list'), tie('bag')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    bag: fc.dictionary(names, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(bag, fc.infiniteStream(fc.boolean()), (values, choices) => {
      const secrets = paths(values, []).filter(() => choices.next().value);
      const decoded = decodeProperties(encodeProperties(values, secrets));
      assert.deepEqual(decoded.values, values);
      assert.deepEqual(decoded.secrets.map(key).toSorted(), secrets.map(key).toSorted());
    }),
  );
});

function paths(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => paths(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => paths(item, [...path, name]));
  return path.length === 0 ? inner : [path, ...inner];
}

const key = (path: Path) => JSON.stringify(path);
