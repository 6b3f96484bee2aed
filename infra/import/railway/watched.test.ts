import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parseDocument } from '../../stack/document.ts';
import { treeAt } from '../../stack/tree.ts';
import { Ledger } from '../ledger.ts';
import { watchPatterns } from './watched.ts';

/** Returns what becomes of each pattern of a service. */
function outcomes(patterns: string[], folder: string, facts: object = {}): string[] {
  const tree = parseDocument(`all: ${JSON.stringify(patterns)}`, 'railway.yaml');
  const list = treeAt(tree, ['all']);
  assert.ok(list?.kind === 'list');
  const ledger = new Ledger();
  watchPatterns(list, { service: { facts } as never, folder, ledger });
  return list.items.map((item) => {
    const [outcome] = ledger.of(item);
    assert.ok(outcome?.kind === 'defaulted');
    return outcome.why;
  });
}

const inputs = 'a service is built again after a change of what its artifact contains';
const outside =
  'it covers files outside of apps/api, which build the service again only where its code imports them';

test('a pattern that covers files outside of the folder is named', () => {
  const patterns = [
    '/apps/api/**',
    'apps/api/package.json',
    '/packages/db/**',
    '**/*.ts',
    'apps/*',
    '!docs/**',
  ];
  assert.deepEqual(outcomes(patterns, 'apps/api'), [inputs, inputs, outside, outside, outside, inputs]);
});

test('a folder with the same start is another folder', () => {
  assert.deepEqual(outcomes(['apps/api-old/**'], 'apps/api'), [outside]);
});

test('a service that is built from the whole repository has all files', () => {
  assert.deepEqual(outcomes(['packages/**'], '.'), [inputs]);
  assert.deepEqual(outcomes(['packages/**'], 'apps/api', { buildContext: '.' }), [inputs]);
});
