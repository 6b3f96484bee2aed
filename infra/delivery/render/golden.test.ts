import assert from 'node:assert/strict';
import { test } from 'vitest';
import { goldenCases, readCase, renderCase } from './golden.ts';

for (const golden of await goldenCases()) {
  test(`${golden.name} is rendered as it was reviewed (npm run golden -- --update rewrites)`, async () => {
    const [reviewed, now] = [readCase(golden), await renderCase(golden)];
    assert.deepEqual([...now.keys()], [...reviewed.keys()]);
    for (const [file, text] of now) assert.equal(text, reviewed.get(file), file);
  });
}
