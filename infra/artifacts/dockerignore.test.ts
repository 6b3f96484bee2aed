import assert from 'node:assert/strict';
import { test } from 'vitest';
import { withoutIgnored } from './dockerignore.ts';

const files = [
  ...['.dockerignore', 'Dockerfile', 'README.md', 'a.log', 'a.txt', 'docs/README.md', 'docs/a.md'],
  ...['src/a.log', 'src/deep/b.log', 'src/main.go'],
];

/** By the lines of `.dockerignore`: the files that a build does not receive. */
const cases: [lines: string[], ignored: string[]][] = [
  [[], []],
  [['# a.txt', '', 'a.txt'], ['a.txt']],
  [['*.log'], ['a.log']],
  [['**/*.log'], ['a.log', 'src/a.log', 'src/deep/b.log']],
  [['docs'], ['docs/README.md', 'docs/a.md']],
  [['/docs/'], ['docs/README.md', 'docs/a.md']],
  [['docs', '!docs/README.md'], ['docs/a.md']],
  [
    ['!docs/README.md', 'docs'],
    ['docs/README.md', 'docs/a.md'],
  ],
  [['src/**/b.log'], ['src/deep/b.log']],
  [['src/**'], ['src/a.log', 'src/deep/b.log', 'src/main.go']],
  [
    ['?.txt', 'src/[a-b].log'],
    ['a.txt', 'src/a.log'],
  ],
  [['a+log', 'a.tx'], []],
  [
    ['*', '!src'],
    ['README.md', 'a.log', 'a.txt', 'docs/README.md', 'docs/a.md'],
  ],
];

for (const [lines, expected] of cases) {
  test(`.dockerignore with ${JSON.stringify(lines)}`, () => {
    const read = (file: string) => (file === '.dockerignore' ? lines.join('\n') : undefined);
    const kept = withoutIgnored(files, 'Dockerfile', read);
    assert.deepEqual(
      files.filter((file) => !kept.includes(file)),
      expected,
    );
  });
}

test('the .dockerignore of a Dockerfile replaces the other one', () => {
  const texts: Record<string, string> = {
    '.dockerignore': 'a.txt',
    'docs/x.Dockerfile.dockerignore': 'docs\nREADME.md',
  };
  const all = [...files, 'docs/x.Dockerfile', 'docs/x.Dockerfile.dockerignore'];
  const kept = withoutIgnored(all, './docs/x.Dockerfile', (file) => texts[file]);
  assert.deepEqual(
    all.filter((file) => !kept.includes(file)),
    ['README.md', 'docs/README.md', 'docs/a.md'],
  );
});
