/** The licences of the packages that dist/ contains, which their licences require to be part of every copy. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the text of dist/THIRD-PARTY.txt.
 * @param {string} root
 * @param {string[]} inputs of the bundles, as esbuild names them, relative to the clone
 */
export function licences(root, inputs) {
  const folders = inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
  return [...new Set(folders)]
    .toSorted()
    .map((folder) => describe(join(root, folder)))
    .join('\n');
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${[`${name} ${version} (${license})`, ...texts].join('\n\n')}\n\n${'-'.repeat(80)}\n`;
}
