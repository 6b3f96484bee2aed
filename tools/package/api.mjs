/**
 * Writes infra/api: the types of the public entries, one file each. They are what the package exports as its types, and the
 * record of its public surface, so that a review sees each change of it.
 *
 *   node tools/package/api.mjs            writes the files
 *   node tools/package/api.mjs --check    exits with code 1 if a file is not current
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDtsBundle } from 'dts-bundle-generator';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const folder = join(root, 'infra/api');

/** By file: the entry, as in programs.mjs. */
const entries = {
  'index.d.ts': 'infra/railhead.ts',
  'target.d.ts': 'infra/targets/target.ts',
  'policy.d.ts': 'infra/policy/define.ts',
  'gateway.d.ts': 'infra/tokens/gateway.ts',
  'service-token.d.ts': 'infra/tokens/service-token.ts',
};

const header = `// Written by \`npm run api\`: all types that this entry of the package exports, in one file because a review reads it as a whole.

`;
const output = { noBanner: true, exportReferencedTypes: false, sortNodes: true };
const texts = generateDtsBundle(
  Object.values(entries).map((entry) => ({ filePath: join(root, entry), output })),
  { preferredConfigPath: join(here, 'api.tsconfig.json') },
);
const files = Object.keys(entries).map((file, index) => ({
  file: join(folder, file),
  text: `${header}${withZod(texts[index])}`,
}));

if (process.argv.includes('--check')) check();
else write();

/** Adds the import that dts-bundle-generator leaves out: it drops the imports of namespaces. */
function withZod(text) {
  if (!/\bz\./.test(text)) return text;
  const start = text.startsWith('import ') ? text.indexOf('\n\n') : 0;
  return `${text.slice(0, start)}${start ? '\n' : ''}import { z } from 'zod';${start ? '' : '\n\n'}${text.slice(start)}`;
}

function check() {
  const old = files.filter(({ file, text }) => read(file) !== text);
  for (const { file } of old) console.error(`${file} is not current. Run: npm run api`);
  if (old.length > 0) process.exitCode = 1;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function write() {
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of files) writeFileSync(file, text);
}
