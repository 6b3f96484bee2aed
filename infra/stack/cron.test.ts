import assert from 'node:assert/strict';
import { test } from 'vitest';
import { cron } from './cron.ts';

test.for([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'],
])('%s means the five fields "%s"', ([name, schedule]) => {
  assert.equal(cron.parse(name), schedule);
  assert.equal(cron.parse({ schedule: name }), schedule);
  const zoned = { schedule: name, timezone: 'Europe/Zurich', retries: 0 };
  assert.deepEqual(cron.parse(zoned), { ...zoned, schedule });
});

test.for(['UTC', 'Etc/UTC', 'Europe/Zurich', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta', 'Etc/GMT+1'])(
  'a cluster and Node know the time zone %s',
  (timezone) => {
    assert.ok(cron.safeParse({ schedule: '@daily', timezone }).success);
  },
);

test.for(['EST5', 'IST', 'gmt', 'europe/zurich', '+02:00', '/', 'Local', 'Europe', ''])(
  'the time zone "%s" is refused',
  (timezone) => {
    assert.equal(cron.safeParse({ schedule: '@daily', timezone }).success, false);
  },
);
