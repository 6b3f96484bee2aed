/**
 * `npm run bench [name…]`: runs the benchmarks and prints one table. `--write` puts it into bench/README.md, which
 * explains each figure. No figure makes the run fail, since figures also depend on the machine and its load.
 */
import { parseArgs } from 'node:util';
import { UserError } from '../tools/user-error.ts';
import type { Row } from './compare.ts';
import { describeMachine } from './machine.ts';
import { writeReadme } from './readme.ts';
import { formatParts, formatTable } from './table.ts';

/** Each name is a file in this folder. */
const names = [
  'preview',
  'up',
  'plan',
  'render',
  'whole',
  'commits',
  'builds',
  'api',
  'jobs',
  'balancer',
  'gateway',
];

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined)
  throw new UserError(`There is no benchmark "${unknown}". The benchmarks are: ${names.join(', ')}`);

const before = describeMachine();
const rows: Row[] = [];
for (const name of positionals.length > 0 ? positionals : names) {
  const { bench } = (await import(`./${name}.ts`)) as { bench: () => Promise<Row[]> };
  rows.push(...(await bench()));
}
const breakdowns = rows.filter(({ parts }) => parts !== undefined).flatMap((row) => [formatParts(row), '']);
const report = [...before, '', formatTable(rows), '', ...breakdowns].join('\n');
console.log(report);
if (values.write) writeReadme(report);
