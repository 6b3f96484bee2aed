import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import type { PreviewDocument } from '../../changes/model.ts';
import { documents } from '../testing/documents.ts';
import { previewDocuments } from '../testing/generate.ts';
import { attributesOf, renderMarkdown } from '../testing/page.ts';
import { drawMarkdown } from './markdown.ts';

const allowed = new Set(
  'h2 p strong code pre ul li blockquote table thead tbody tr th td details summary'.split(' '),
);

/** Fails if the Markdown is longer than `limit`, or if anything of a document has become more than a text in it. */
function checkMarkdown(markdown: string, limit: number) {
  assert.ok(markdown.length <= limit, `${markdown.length} characters`);
  assert.equal((markdown.match(/^```/gm) ?? []).length % 2, 0);
  const page = renderMarkdown(markdown);
  for (const element of page.elements) {
    assert.ok(allowed.has(element.tagName), `<${element.tagName}> in ${markdown}`);
    const { open, class: style, ...rest } = attributesOf(element);
    assert.deepEqual(rest, {});
    assert.ok(style === undefined || style === 'language-sh');
    assert.ok(open === undefined || element.tagName === 'details');
  }
  for (const { text, within } of page.texts) {
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    if (!within.includes('code')) assert.doesNotMatch(text, /[@<`|$]|#\d|\bGH-\d|www\.|:\/\/|:\w+:/);
  }
  return page;
}

test('nothing of a hostile document becomes markup, a link or a mention, whatever is left out', () => {
  fc.assert(
    fc.property(previewDocuments, fc.constantFrom(4_000, 12_000, 60_000), (document, limit) => {
      checkMarkdown(drawMarkdown(document, limit), limit);
    }),
  );
});

test('a word that ends like the number of an issue is code, also after letters that are not Latin', () => {
  const [preview] = documents.small.environments;
  assert.ok(preview);
  const environments = [{ ...preview, notes: ['東京の値段GH-123', 'high-5', 'ugh-5'] }];
  assert.match(drawMarkdown({ ...documents.small, environments }), /`東京の値段GH-123`/);
});

test('every table has its rows in its columns', () => {
  fc.assert(
    fc.property(previewDocuments, (document) => {
      for (const line of drawMarkdown(document)
        .split('\n')
        .filter((one) => one.startsWith('| '))) {
        assert.ok([3, 4, 6].includes(line.split('|').length - 1), line);
      }
    }),
  );
});

/** Services that change in every environment, with a risk in the last of them. */
function manyServices(environments: number, count: number): PreviewDocument {
  const [preview] = documents.small.environments;
  const [one] = preview?.services ?? [];
  assert.ok(preview && one);
  const services = Array.from({ length: count }, (_, index) => ({ ...one, service: `service-${index + 1}` }));
  return {
    ...documents.small,
    environments: Array.from({ length: environments }, (_, index) => ({
      ...preview,
      environment: `environment-${index + 1}`,
      services,
      risks: [{ kind: 'data', service: `service-${count}`, text: 'The volume is deleted.' }],
    })),
  };
}

test('300 changed services in four environments are a valid comment, which names what it leaves out', () => {
  const document = manyServices(4, 300);
  const markdown = drawMarkdown(document);
  checkMarkdown(markdown, 60_000);
  assert.ok(markdown.length > 50_000, 'the room is used');
  const parts = markdown.split(/^## /m).slice(1);
  assert.equal(parts.length, 4);
  for (const part of parts) {
    assert.match(part, /\*\*300 services change, 4 the same; data touched: `service-300`;/);
    assert.match(part, /> - The volume is deleted\./);
    const rows = (part.match(/^\| `service-/gm) ?? []).length;
    assert.ok(rows > 50, `${rows} rows`);
    assert.equal(rows + leftOut(part, 'table rows of'), 300);
    assert.match(part, /^\| `service-300`/m, 'the service of the red block is not left out');
    const details = (part.match(/^<summary><code>service-/gm) ?? []).length;
    assert.equal(details + leftOut(part, 'details of'), 300);
    assert.match(part, /npm run up -- -s environment-\d --plan/);
  }
});

test('200 environments are cut between environments', () => {
  const markdown = drawMarkdown(manyServices(200, 3));
  checkMarkdown(markdown, 60_000);
  const shown = (markdown.match(/^## Preview of/gm) ?? []).length;
  assert.ok(shown > 40);
  assert.match(markdown, new RegExp(`length limit: ${200 - shown} environments`));
});

function leftOut(part: string, label: string): number {
  const [line = ''] = part.split('\n').filter((one) => one.startsWith(`- ${label}`));
  const more = Number(/ and (\d+) more$/.exec(line)?.[1] ?? 0);
  return (line.match(/`service-/g) ?? []).length + more;
}
