import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../infra/environment.ts';
import { commandsOf, documents, linksOf, pathsOf } from './documents.ts';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

for (const document of documents()) {
  const text = readFileSync(join(repositoryRoot, document), 'utf8');

  test(`${document}: every link leads somewhere`, () => {
    const missing = linksOf(text).filter(
      (link) => !existsSync(join(repositoryRoot, dirname(document), link)),
    );
    assert.deepEqual(missing, []);
  });

  test(`${document}: every path exists`, () => {
    assert.deepEqual(
      pathsOf(text).filter((path) => !existsSync(join(repositoryRoot, path))),
      [],
    );
  });

  test(`${document}: every npm script and railhead command exists`, () => {
    assert.deepEqual(
      commandsOf(text).filter((command) => !isKnown(command)),
      [],
    );
  });
}

test('the picture in the README is the graph of today', () => {
  const graph = ['infra/cli/railhead.ts', 'graph', '-s', 'dev', '--svg'];
  const svg = execFileSync(process.execPath, graph, { cwd: repositoryRoot, encoding: 'utf8' });
  assert.equal(readFileSync(join(repositoryRoot, 'infra/rota.svg'), 'utf8'), svg, 'npm run picture draws it');
});

function isKnown(command: string): boolean {
  const [, script] = /^npm (?:run )?([\w:]+)/.exec(command) ?? [];
  if (script !== undefined) return script in scripts || ['ci', 'install'].includes(script);
  const [, name] = /^npx railhead ([\w-]+)/.exec(command) ?? [];
  if (name !== undefined) return existsSync(join(repositoryRoot, `infra/cli/${name}.ts`));
  return true;
}
