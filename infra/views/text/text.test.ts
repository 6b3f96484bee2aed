import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { test } from 'vitest';
import { documents } from '../testing/documents.ts';
import { previewDocuments } from '../testing/generate.ts';
import { drawText } from './text.ts';

/** Characters that move the cursor, reorder text, or are not visible. */
const dangerous = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test('every line fits into 80 columns, except for a command with a long name, and has no control characters', () => {
  fc.assert(
    fc.property(previewDocuments, (document) => {
      const text = drawText(document, { width: 80, colours: false });
      assert.doesNotMatch(text, dangerous);
      for (const line of text.split('\n').filter((one) => !one.startsWith('  npm run up '))) {
        assert.ok(stringWidth(line) <= 80, `${stringWidth(line)}: ${line}`);
      }
    }),
  );
});

test('colours add nothing but colours', () => {
  for (const document of Object.values(documents)) {
    const [plain, coloured] = [false, true].map((colours) => drawText(document, { width: 80, colours }));
    assert.notEqual(coloured, plain);
    assert.equal(stripVTControlCharacters(coloured ?? ''), plain);
  }
});

test('a command that is longer than a line is continued in the way of a shell', () => {
  const [preview] = documents.small.environments;
  assert.ok(preview);
  const long = { ...documents.small, environments: [{ ...preview, digest: 'd'.repeat(64) }] };
  assert.ok(
    drawText(long, { width: 80, colours: false }).endsWith(
      `  npm run up -- -s dev \\\n    --plan ${'d'.repeat(64)}`,
    ),
  );
});
