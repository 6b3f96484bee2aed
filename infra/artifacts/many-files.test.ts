import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { scratch } from '../stack/scratch.ts';

const names = Array.from({ length: 600 }, (_, index) => `${index + 1}.json`);

const program = `
  import { stampFiles } from ${url('./inputs.ts')};
  import { SourceTree } from ${url('./listed/source-tree.ts')};
  import { readHistory } from ${url('../delivery/history/read-history.ts')};
  import { folderStore } from ${url('../store/folder-store.ts')};

  const tree = await SourceTree.open('records/history/dev');
  const names = tree.files('.');
  const services = ['a', 'b', 'c'].map(() => stampFiles(tree.top, names, { files: {} }));
  const listed = names.map((name) => tree.hash(name));
  const { problems } = await readHistory(folderStore('.'), 'dev', Infinity);
  const found = [...(await Promise.all(services)).map(({ files }) => Object.keys(files)), await Promise.all(listed), problems];
  console.log(found.map(({ length }) => length).join(' '));`;

test('a process that may open 256 files hashes 600 of them for each of several services, and reads 600 records', (t) => {
  const folder = scratch(
    t,
    Object.fromEntries(names.map((name) => [`records/history/dev/${name}`, `{ "of": "${name}" }`])),
  );
  const shell = 'ulimit -n 256 && exec "$0" --input-type=module --eval "$1"';
  const output = execFileSync('sh', ['-c', shell, process.execPath, program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output).toBe('600 600 600 600 600\n');
});

function url(module: string): string {
  return JSON.stringify(import.meta.resolve(module));
}
