import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
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

test('comments inside of declarations and calls hide no import', () => {
  const source = `
import {
  one, // don't (it is; old)
  two, /* "x" = */
} from /* from 'z' */ './a.ts'; /* one */ import './b.ts'; /* two */
/* a
 */ import './c.ts';
await import(/**/ /* 'y' */ // more
  './d.ts');
`;
  const letters = ['a.ts', 'b.ts', 'c.ts', 'd.ts'];
  assert.deepEqual(scanImports(source), { specifiers: letters.map((name) => `./${name}`), computed: false });
  assert.equal(scanImports(`import(/*${'x'.repeat(500)}*/ './e.ts')`).computed, true);
});

describe('the time is proportional to the length', () => {
  const length = 1024 * 1024;
  const fill = (unit: string, size = length) => unit.repeat(Math.ceil(size / unit.length));
  const plain = fill(`import { one } from './one.ts';\nconst two = await import('./two.ts');\n`, length / 10);
  const timeOf = (text: string) => {
    const times = [0, 1, 2].map(() => {
      // Processor time: other programs of the machine do not count.
      const start = process.cpuUsage();
      scanImports(text);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    });
    return Math.min(...times);
  };
  scanImports(plain);

  // Ten times the length, and a hundred times the work for each character, are allowed.
  test.each([
    `import(${fill('/**/')}y)`,
    fill('import(/**/'),
    fill('import(/*'),
    `${fill('import(/*')}*/`,
    fill('import '),
    fill('import{/**/'),
    fill('import/*'),
    `import${fill(' ', length / 2)}x${fill('/**/', length / 2)}`,
    fill('import from '),
    fill('import "'),
    fill("require('"),
    fill('import(`'),
    fill('export from//'),
    fill('import type '),
    `import type${fill(' ')}`,
    `import${fill(' ')}`,
    fill('\n'),
    fill(' '),
    fill(' \n'),
    fill('*\n'),
    `/*${fill('*/ ')}x`,
    fill('/* '),
    `/*${fill('*')}`,
  ])('hostile text %#', (hostile) => {
    const ratio = timeOf(hostile) / timeOf(plain);
    assert.ok(ratio < 1000, `${ratio} times as long as harmless text of a tenth of the length`);
  });
});
