import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { openedRecord } from '../delivery/history/testing.ts';
import { localState } from '../delivery/local-state.ts';
import { openClone, project, railhead } from './testing.ts';

test('the lock of an update in another container with the same host name stays', async (t) => {
  const { root, write, close } = openClone();
  t.onTestFinished(close);
  const writer = { host: hostname(), machine: '0123456789abcdef', pid: 999_999, startTime: '1' };
  const record = { ...openedRecord(), number: 1, writer };
  write('.railhead/store/records/history/dev/1.json', JSON.stringify(record));
  const { locks } = localState({ backend: `file://${join(root, '.railhead/state')}`, project }, 'dev')!;
  const lock = { pid: 999_999, username: 'ada', hostname: hostname(), timestamp: new Date().toISOString() };
  write(join(locks, 'a.json').slice(root.length + 1), JSON.stringify(lock));
  const { code, errors } = await railhead(root, 'recover');
  assert.equal(code, 1, errors);
  assert.match(
    errors,
    /`up` #1 of dev by Ada Lovelace has not ended [^]*\nWait for its end: npx --no -- railhead recover --wait -s dev\nOnly .* unlock 1 -s dev$/m,
  );
  assert.ok(existsSync(join(locks, 'a.json')));
});
