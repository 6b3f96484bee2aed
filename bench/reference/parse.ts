/** The floor of a plan: a new process that reads a stack file with the same YAML parser. Prints the milliseconds since its start. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

parse(readFileSync(process.argv[2] ?? '', 'utf8'));
console.log(performance.now());
