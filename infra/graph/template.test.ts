import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { parseTemplate, type Part } from './template.ts';

const cases: [text: string, ...parts: (string | [scope: string | undefined, name: string])[]][] = [
  [''],
  ['plain $text }}', 'plain $text }}'],
  ['${{A}}', [undefined, 'A']],
  ['${{ api.URL }}/v1', ['api', 'URL'], '/v1'],
  ['${{My Api.URL}}', ['My Api', 'URL']],
  ['${{ a-b . X }}', ['a-b', 'X']],
  ['postgres://${{db.USER}}:${{secret.PW}}@x', 'postgres://', ['db', 'USER'], ':', ['secret', 'PW'], '@x'],
  ['$${{A}}', '${{A}}'],
  ['$$${{A}}', '$${{A}}'],
  ['a$${{A}}${{B}}', 'a${{A}}', [undefined, 'B']],
  ['${A} $(B) {{C}}', '${A} $(B) {{C}}'],
];

for (const [text, ...expected] of cases) {
  test(`parses ${JSON.stringify(text)}`, () => {
    const found = parseTemplate(text).map((part) => {
      assert.notEqual(part.kind, 'invalid');
      return part.kind === 'reference' ? [part.scope, part.name] : part.text;
    });
    assert.deepEqual(found, expected);
  });
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/);
const scope = fc.stringMatching(/^[a-z]([a-z0-9 -]{0,8}[a-z0-9])?$/);
// A literal cannot end in "$" before a reference, since "$${{" is the escape.
const literal = fc.string({ minLength: 1 }).filter((text) => !text.includes('${{') && !text.endsWith('$'));
const part: fc.Arbitrary<Part> = fc.oneof(
  literal.map((text) => ({ kind: 'text' as const, text })),
  name.map((name) => ({ kind: 'reference' as const, name, text: `\${{${name}}}` })),
  fc.tuple(scope, name).map(([scope, name]) => ({
    kind: 'reference' as const,
    scope,
    name,
    text: `\${{${scope}.${name}}}`,
  })),
);

test('parsing returns the parts from which a text was built', () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const merged = parts.reduce<Part[]>((all, next) => {
        const last = all.at(-1);
        return last?.kind === 'text' && next.kind === 'text'
          ? [...all.slice(0, -1), { kind: 'text', text: last.text + next.text }]
          : [...all, next];
      }, []);
      fc.pre(!merged.some(({ kind, text }) => kind === 'text' && text.includes('${{')));
      assert.deepEqual(parseTemplate(parts.map(({ text }) => text).join('')), merged);
    }),
  );
});

test('parsing an escaped text returns the text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('$', '{', '{{', '}', '}}', '${{', 'a', '.', ' ')), (pieces) => {
      const text = pieces.join('');
      const parts = parseTemplate(text.replaceAll('${{', () => '$${{'));
      assert.deepEqual(parts, text === '' ? [] : [{ kind: 'text', text }]);
    }),
  );
});

test('fuzz: every text is parsed without loss', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('$', '{', '${{', '}}', 'A', '.', ' ', '(', 'secret')), (pieces) => {
      const text = pieces.join('');
      fc.pre(!text.includes('$${{'));
      const parts = parseTemplate(text);
      assert.equal(parts.map((part) => part.text).join(''), text);
    }),
  );
});
