import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import { test } from 'vitest';
import { drawTimeline, formatTime, type Timeline } from './draw.ts';

const timeline: Timeline = {
  seconds: 10,
  steps: [
    { what: 'build', from: 0, to: 2000 },
    { service: 'api', what: 'preDeploy', from: 2500, to: 5000 },
    { service: 'api', what: 'rollout', from: 5000, to: 10_000 },
    { service: 'web', what: 'rollout', from: 9_990, to: 10_000, failed: true },
  ],
  changes: [
    { service: 'api', change: 'new' },
    { service: 'web', change: 'changed' },
  ],
  unchanged: ['db'],
};

test('each step has a bar at its time, and each change its word', () => {
  assert.deepEqual(drawTimeline(timeline, 50), [
    'build             █████                      2.0 s',
    'api    preDeploy        ███████              2.5 s',
    'api    new                    █████████████  5.0 s',
    'web    failed                             █  0.0 s',
    '1 service is unchanged.',
  ]);
});

test('lines fit the terminal, and without room for bars only the times are shown', () => {
  for (const width of [80, 100, 200, Infinity]) {
    const widths = drawTimeline(timeline, width)
      .slice(0, 4)
      .map((line) => stringWidth(line));
    assert.deepEqual(
      widths,
      widths.map(() => Math.min(width, 100)),
      String(width),
    );
  }
  const narrow = drawTimeline(timeline, 30);
  assert.match(narrow[0] ?? '', /^build {2,}2\.0 s$/);
});

test('only the lines of failed steps are painted', () => {
  const painted = drawTimeline(timeline, 80, (text) => `!${text}`);
  assert.deepEqual(
    painted.map((line) => line.startsWith('!')),
    [false, false, false, true, false],
  );
});

test('an update without a change says so', () => {
  const [last] = drawTimeline({ ...timeline, steps: [], changes: [], unchanged: ['api', 'web'] }, 80).slice(
    -1,
  );
  assert.equal(last, 'Nothing has changed: 2 services are as declared.');
});

test('times', () => {
  assert.deepEqual([0, 440, 9_940, 9_960, 12_400, 59_700, 185_000].map(formatTime), [
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '10 s',
    '12 s',
    '1 min 0 s',
    '3 min 5 s',
  ]);
});
