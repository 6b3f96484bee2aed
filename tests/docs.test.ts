import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { wrongCommand } from '../infra/cli/testing-commands.ts';
import { packageRoot } from '../infra/common/roots.ts';
import { commandsOf, documents, linksOf, pathsOf } from './documents.ts';

const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const folders = ['bench', 'infra', 'services', 'stacks', 'tests', 'tools'];

for (const document of documents()) {
  const text = readFileSync(join(packageRoot, document), 'utf8');

  test(`${document}: the target of every link exists`, () => {
    const missing = linksOf(text).filter((link) => !existsSync(join(packageRoot, dirname(document), link)));
    assert.deepEqual(missing, []);
  });

  test(`${document}: every path exists`, () => {
    assert.deepEqual(
      pathsOf(text).filter((path) => !existsSync(join(packageRoot, path))),
      [],
    );
  });

  test(`${document}: every npm script exists, and every railhead command is valid as written`, async () => {
    const wrong: string[] = [];
    for (const command of commandsOf(text)) if (!(await isKnown(command))) wrong.push(command);
    assert.deepEqual(wrong, []);
  });
}

test('no document, message or comment runs npx without --no', () => {
  const names = globSync(['*.*', '.github/**/*.*', `{${folders.join()}}/**/*.*`], { cwd: packageRoot });
  const texts = names.filter((name) => /\.(?:md|ts|mjs|js|sh|sql|ya?ml|json)$/.test(name));
  const bare = texts.flatMap((name) => {
    const text = readFileSync(join(packageRoot, name), 'utf8');
    return bareNpx(text).map((index) => `${name}:${text.slice(0, index).split('\n').length}`);
  });
  assert.ok(texts.length > 300, `${texts.length} files`);
  assert.deepEqual(bare, []);
});

test('a bare npx is found across lines, with --yes, and as arguments', () => {
  const railhead = 'railhead';
  for (const between of [' ', '\n * ', ' --yes ', ' -y ', "', '"])
    assert.deepEqual(bareNpx(`> npx${between}${railhead} up`), [2], between);
  assert.deepEqual(bareNpx('npx --no -- railhead up'), []);
});

test('the numbers of the decisions are unique', () => {
  const numbers = documents().flatMap((path) => /^infra\/decisions\/(\d+)-/.exec(path)?.[1] ?? []);
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test('the picture in the README matches the current graph', () => {
  const graph = ['dist/railhead.js', 'graph', '-s', 'dev', '--svg'];
  const svg = execFileSync(process.execPath, graph, { cwd: packageRoot, encoding: 'utf8' });
  assert.equal(readFileSync(join(packageRoot, 'infra/rota.svg'), 'utf8'), svg, 'run: npm run picture');
});

/** Returns where a text would run a package of the registry in a folder without Railhead. */
function bareNpx(text: string): number[] {
  const pattern = /\bnpx['"]?(?:[\s*/'",]|-y\b|--yes\b)+railhead\b/g;
  return [...text.matchAll(pattern)].map(({ index }) => index);
}

/** Returns true if the command exists. Placeholders such as `<command>` count as values. */
async function isKnown(command: string): Promise<boolean> {
  const [, script] = /^npm (?:run )?([\w:]+)/.exec(command) ?? [];
  if (script !== undefined && !(script in scripts)) return ['ci', 'install', 'pack'].includes(script);
  return (await wrongCommand(command)) === undefined;
}
