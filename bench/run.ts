/**
 * `npm run bench [name…]`: measures, and prints one table. `--write` puts it into bench/README.md, which says what each
 * figure is. Nothing here fails on a figure: the machine and what else it does decide over them too.
 */
import { parseArgs } from 'node:util';
import { UserError } from '../infra/stack/problem.ts';
import type { Row } from './compare.ts';
import { describeMachine } from './machine.ts';
import { writeReadme } from './readme.ts';
import { formatTable } from './table.ts';

/** One file of this folder each. */
const names = ['preview', 'up', 'plan', 'render', 'api', 'jobs', 'balancer', 'gateway'];

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined) throw new UserError(`There is no bench "${unknown}"; known: ${names.join(', ')}`);

const before = describeMachine();
const rows: Row[] = [];
for (const name of positionals.length > 0 ? positionals : names) {
  const { bench } = (await import(`./${name}.ts`)) as { bench: () => Promise<Row[]> };
  rows.push(...(await bench()));
}
const report = [...before, '', formatTable(rows), ''].join('\n');
console.log(report);
if (values.write) writeReadme(report);
