import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoryRoot } from '../environment.ts';
import { railhead } from './testing.ts';

test('help has one line for each command', async () => {
  const { code, output } = await railhead(repositoryRoot, '--help');
  assert.equal(code, 0);
  for (const command of ['up', 'down', 'status', 'render', 'doctor'])
    assert.match(output, new RegExp(`^ {2}${command} .*\\.$`, 'm'));
});

test('a command explains itself, wherever the question stands', async () => {
  for (const args of [
    ['graph', '-h'],
    ['graph', '-s', 'dev', '--help'],
  ]) {
    const { code, output } = await railhead(repositoryRoot, ...args);
    assert.deepEqual([code, output.split('  ')[0]], [0, 'Usage: railhead graph [-s dev] [file]']);
  }
});

test('wrong arguments are told in one sentence, with the right ones', async () => {
  const wrong = {
    "Unknown option '-x'.": ['status', '-x'],
    "Option '-s, --stack <value>' argument missing.": ['status', '-s'],
    "Unexpected argument 'api'.": ['status', 'api'],
  };
  for (const [problem, args] of Object.entries(wrong)) {
    const { code, errors } = await railhead(repositoryRoot, ...args);
    assert.equal(code, 1);
    assert.deepEqual(errors.split('  ')[0], `${problem}\nUsage: railhead status [-s env]`);
  }
  assert.match((await railhead(repositoryRoot, 'statsu')).errors, /did you mean "status"\?/);
});
