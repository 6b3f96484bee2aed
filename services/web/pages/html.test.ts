import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { html } from './html.ts';

test('values are escaped, markup and lists are kept, false and undefined are left out', () => {
  const list = ['<a>', html`<b>${'&'}</b>`, 3];
  const { markup } = html`<i title="${'"\''}">${list}${null}${undefined}${false}</i>`;
  assert.equal(markup, '<i title="&#34;&#39;">&#60;a&#62;<b>&#38;</b>3</i>');
});

test('characters that would reorder the following text are replaced', () => {
  assert.equal(html`<b>${'gpj.\u202eexe \ud800'}</b>`.markup, '<b>gpj.\ufffdexe \ufffd</b>');
  assert.equal(html`<b>${'שלום 👋'}</b>`.markup, '<b>שלום 👋</b>');
});

test('no text can leave its element or its quoted attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>"\'&;=/ a') }), (text) => {
      const { markup } = html`<p title="${text}">${text}</p>`;
      assert.match(markup, /^<p title="[^<>"']*">[^<>"']*<\/p>$/);
    }),
  );
});
