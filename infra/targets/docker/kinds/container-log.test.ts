import assert from 'node:assert/strict';
import { unless } from '../../../../tools/testing/unless.ts';
import { docker, lacksDaemon } from '../testing/daemon.ts';
import { logOfStart } from './container-log.ts';
import { readInspected } from './inspected.ts';

/** Prints more lines than a message shows, each with the number of the start. */
const program = `
const { appendFileSync, readFileSync } = require('fs');
appendFileSync('/tmp/starts', '.');
for (let line = 0; line < 30; line++) console.log('start ' + readFileSync('/tmp/starts').length);`;

unless(lacksDaemon()).test('the log of a start is found after the container has started again', async (t) => {
  const container = docker('create', 'node:24-slim', 'node', '-e', program).trim();
  t.onTestFinished(() => void docker('rm', '--force', container));
  const run = () => {
    docker('start', container);
    docker('wait', container);
    return readInspected(docker('inspect', container))[0]!;
  };
  const [first, second] = [run(), run()];
  const linesOf = (start: number) => Array<string>(20).fill(`start ${start}`);
  assert.deepEqual(await logOfStart(first, second.State.StartedAt), linesOf(1));
  assert.deepEqual(await logOfStart(second), linesOf(2));
});
