import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { documents } from '../testing/documents.ts';
import { previewDocuments } from '../testing/generate.ts';
import { attributesOf, readPage } from '../testing/page.ts';
import { drawHtml } from './html.ts';
import { style } from './style.ts';

const inert = new Set(
  'html head meta title style body a header h1 h2 h3 h4 nav ul li main section footer p code aside table caption thead tbody tr th td figure figcaption div span strong details summary svg g path polygon ellipse polyline text'.split(
    ' ',
  ),
);

function checkHtml(html: string) {
  const page = readPage(html);
  const ids = page.elements.flatMap((element) => attributesOf(element).id ?? []);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const element of page.elements) {
    assert.ok(inert.has(element.tagName), element.tagName);
    const { href, ...others } = attributesOf(element);
    assert.match(href ?? '#', /^#/);
    for (const [name, value] of Object.entries(others)) {
      assert.doesNotMatch(name, /^on|^src|^style$|href/);
      if (name !== 'aria-label') assert.doesNotMatch(value, /url\(|javascript:/);
    }
  }
  for (const { text } of page.texts) assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  return page;
}

test('a hostile document makes a page without scripts, foreign markup or references to elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(previewDocuments, async (document) => {
      checkHtml(await drawHtml(document));
    }),
    { numRuns: 60 },
  );
});

test('the style loads nothing', () => {
  assert.doesNotMatch(style, /url\(|@import|<|expression/);
});

test('the graph of many services shows the changed ones and their neighbours', async () => {
  const [preview] = documents.small.environments;
  assert.ok(preview);
  const services = Array.from({ length: 300 }, (_, index) => ({
    name: `s${index}`,
    form: 'code',
    change: index === 7 ? ('changed' as const) : ('same' as const),
  }));
  const edges = services
    .slice(1)
    .map(({ name }, index) => ({ from: name, to: `s${index}`, change: 'same' as const }));
  const html = await drawHtml({
    ...documents.small,
    environments: [{ ...preview, graph: { services, edges } }],
  });
  const texts = checkHtml(html).texts.filter(
    ({ within }) => within.includes('svg') && within.includes('text'),
  );
  assert.deepEqual(
    texts
      .map(({ text }) => text)
      .filter((text) => text.startsWith('s'))
      .toSorted(),
    ['s6', 's7', 's8'],
  );
  assert.match(html, /297 services that stay the same and have no changed neighbour are not drawn/);
});
