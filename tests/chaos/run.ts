import { parseArgs } from 'node:util';
import { runSuite, scenarios } from './suite.ts';
import { formatTable } from './table.ts';

/**
 * `npm run test:chaos [-- --short] [--seed N] [scenario…]`: causes faults in the real system and prints one table.
 * Exits with code 1 if a figure misses its goal. Needs Linux, since its clients use many loopback addresses.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});
const unknown = positionals.find((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown !== undefined) {
  console.error(
    `There is no scenario ${unknown}. The scenarios are: ${scenarios.map(({ name }) => name).join(', ')}`,
  );
  process.exit(1);
}

const chosen = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const rows = await runSuite(chosen, { short: values.short, seed: Number(values.seed) });
console.log(`\n${formatTable(rows)}`);
process.exitCode = rows.length > 0 && rows.every(({ ok }) => ok) ? 0 : 1;
