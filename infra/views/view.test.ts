import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { previewDocumentSchema } from '../changes/model.ts';
import { previewDocuments } from './testing/generate.ts';
import { drawPreview } from './view.ts';

test('JSON is the document itself, without characters that a terminal would not show', async () => {
  await fc.assert(
    fc.asyncProperty(previewDocuments, async (document) => {
      const json = await drawPreview(document, 'json', { width: 80, colours: false });
      assert.doesNotMatch(json, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      // Objects that fast-check makes have no prototype.
      assert.deepEqual(previewDocumentSchema.parse(JSON.parse(json)), previewDocumentSchema.parse(document));
    }),
  );
});
