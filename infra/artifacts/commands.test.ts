import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'vitest';
import { execEach, execForm } from './commands.ts';

test('plain commands become argument lists, and other commands run in a shell', () => {
  assert.deepEqual(execForm(' node  main.js --level=info '), ['node', 'main.js', '--level=info']);
  for (const command of ['node main.js "a b"', 'echo $HOME', ' A=1 node main.js', 'exec node main.js', ':']) {
    assert.deepEqual(execForm(command), ['/bin/sh', '-c', command]);
  }
  assert.deepEqual(execForm('execute order.js'), ['execute', 'order.js']);
});

test('each command runs in its own shell, until one fails', () => {
  const run = (...commands: string[]) => {
    const [program = '', ...args] = execEach(commands);
    const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
    return { status, lines: stdout.split('\n').filter(Boolean) };
  };
  assert.deepEqual(run('exit 3'), { status: 3, lines: [] });
  assert.deepEqual(run('echo "a  b"; exit 0', 'echo $((1+1)) # two', 'echo c'), {
    status: 0,
    lines: ['a  b', '2', 'c'],
  });
  // In a single shell with `set -e`, a failure before `&&` would not end the list.
  assert.deepEqual(run('echo a', 'false && true', 'echo b'), { status: 1, lines: ['a'] });
  assert.deepEqual(run('exit 7', 'echo b'), { status: 7, lines: [] });
});
