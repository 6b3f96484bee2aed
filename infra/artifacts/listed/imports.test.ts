import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scanImports } from './imports.ts';

test('static imports, exports, import() and require() are found; types are not', () => {
  const source = `
import './a.ts';
import one, { two,
  three } from "./b.ts";
import * as four from './c.ts'; export * from './d.ts'; export { five } from './e.ts';
const lazy = await import('./f.ts'), old = require("./g.cjs"), known = import(\`./h.ts\`);
const hinted = import(/* webpackChunkName: "x" */ './i.ts');
import type { Six } from './types.ts'; export type { Seven } from './types.ts';
import type from './j.ts'; import { type Eight, nine } from './k.ts';
import data from './l.json' with { type: 'json' };
`;
  const letters = [
    'a.ts',
    'b.ts',
    'c.ts',
    'd.ts',
    'e.ts',
    'f.ts',
    'g.cjs',
    'h.ts',
    'i.ts',
    'j.ts',
    'k.ts',
    'l.json',
  ];
  assert.deepEqual(scanImports(source), { specifiers: letters.map((name) => `./${name}`), computed: false });
});

test('comments, properties and plain strings are no imports', () => {
  const source = `
// import './a.ts'
/** Loads \`import('./b.ts')\` from 'c' */
export const from = 'd';
  * import './e.ts'
loader.import('./f.ts'); module.require('./g.ts'); const text = { from: 'h' };
export function shift({ from }) { return from === 'i'; }
`;
  assert.deepEqual(scanImports(source), { specifiers: [], computed: false });
});

test('a relative path with a computed part is reported', () => {
  assert.equal(scanImports('await import(`./pages/${name}.ts`)').computed, true);
  assert.equal(scanImports('await import(`${name}/x`); await import(name)').computed, false);
});
