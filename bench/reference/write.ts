/** The floor of a render: writes the objects of a JSON file as YAML with the package yaml. Prints the milliseconds of that. */
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';

const objects = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as unknown[];
const start = performance.now();
for (const object of objects) stringify(object, { aliasDuplicateObjects: false, lineWidth: 0 });
console.log(performance.now() - start);
