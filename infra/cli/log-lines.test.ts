import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { fold } from './log-fold.ts';
import type { ServiceLine } from './log-line.ts';
import { forPeople, toJson } from './log-lines.ts';

function line(text: string, changes: Partial<ServiceLine> = {}): ServiceLine {
  return { time: '2026-01-02T03:04:05.678Z', service: 'api', source: 'api-1', text, ...changes };
}

test('forPeople prints time, service, level, message and fields', () => {
  const texts = [
    '{"level":30,"time":1,"pid":7,"hostname":"x","service":"api","msg":"request","status":200,"path":"/a b"}',
    '{"level":"error","message":"no","err":{"code":5}}',
    'plain \u001b[31mred\u001b[0m text\u0007',
    '{"torn":',
  ];
  assert.deepEqual(forPeople(texts.map((text) => line(text))), [
    '03:04:05.678 api-1        INFO  request status=200 path=/a b',
    '03:04:05.678 api-1        ERROR no err={"code":5}',
    '03:04:05.678 api-1              plain red text\uFFFD',
    '03:04:05.678 api-1              {"torn":',
  ]);
});

test('toJson returns a JSON object per line that holds the original output of the service', () => {
  assert.deepEqual(
    toJson([line('{"msg":"a"}'), line('text')]).map((text) => JSON.parse(text) as unknown),
    [
      { time: '2026-01-02T03:04:05.678Z', service: 'api', source: 'api-1', line: { msg: 'a' } },
      { time: '2026-01-02T03:04:05.678Z', service: 'api', source: 'api-1', line: 'text' },
    ],
  );
});

test('a crash loop is shown once with a count, also if other services log in between', () => {
  const block = (pid: number) => [
    line('Error: no such table'),
    line('    at main.js:1:2'),
    line(`api-1 (pid ${pid}) ended with exit code 1`, { source: 'supervisor' }),
  ];
  const other = line('still here', { service: 'web', source: 'web-1' });
  const loop = [100, 101, 102, 103].flatMap((pid) => [...block(pid), other]);
  const shown = forPeople(fold([...loop, line('up again')]));
  assert.deepEqual(
    shown.map((text) => text.slice(13).replaceAll(/ +/g, ' ')),
    [
      'api-1 Error: no such table',
      'api-1 at main.js:1:2',
      'api: api-1 (pid 100) ended with exit code 1',
      'api: … the 3 lines above, 3 times more',
      'api-1 up again',
      'web-1 still here',
      'web-1 … the line above, 3 times more',
    ],
  );
});

test('fuzz: no log line causes a crash, controls the terminal or is lost', () => {
  const text = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{"level":null}', '{"msg":null}', 'x'),
  );
  const lines = fc.array(
    fc.record({
      time: fc.string(),
      service: fc.string(),
      source: fc.constantFrom('supervisor', 'a-1'),
      text,
    }),
  );
  fc.assert(
    fc.property(lines, (given) => {
      const folded = fold(given);
      const shown = folded.reduce(
        (sum, entry) => sum + (entry.folded ? entry.folded.lines * entry.folded.times : 1),
        0,
      );
      assert.equal(shown, given.length);
      assert.equal(toJson(given).length, given.length);
      for (const each of forPeople(folded)) assert.doesNotMatch(each, /[\u0000-\u0008\u000a-\u001f\u007f]/);
    }),
  );
});
