import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Preview, ServiceChange } from '../../../changes/model.ts';
import { editedLines } from './edited.ts';

const place = (line: number) => ({ file: 'stacks/shop.yaml', line });
const api: ServiceChange = {
  service: 'api',
  change: 'changed',
  place: place(3),
  causes: [{ kind: 'variable', name: 'LOG', via: [], place: place(5) }],
  values: [{ name: 'LOG', before: 'info', after: 'debug' }],
  size: { memory: { before: '1Gi', after: '2Gi' } },
  resources: [
    { type: 'railhead:process:Service', name: 'api', operation: 'update', paths: ['variables.LOG'] },
  ],
};
const preview: Preview = {
  environment: 'dev',
  target: 'process',
  stackFile: 'stacks/shop.yaml',
  source: { kind: 'state' },
  services: [api],
  same: 1,
  network: [{ change: 'added', from: 'api', to: 'db' }],
  risks: [{ kind: 'data', service: 'db', text: 'The data is deleted.', place: place(7) }],
  policy: [{ rule: 'limits', message: 'has no limits', level: 'advice', place: place(3) }],
  graph: { services: [{ name: 'api', form: 'code', change: 'changed' }], edges: [] },
  notes: ['Not known.'],
  digest: 'dev.a',
};

test('every fact of a file is compared, and the differences name it', () => {
  const edits: [Partial<Preview>, RegExp][] = [
    [{ services: [] }, /^Not in the file: services\.api\.service: "api"\n/],
    [{ services: [{ ...api, values: [] }] }, /^Not in the file: services\.api\.values: \{.*debug/],
    [{ services: [{ ...api, causes: [] }] }, /^Not in the file: services\.api\.causes: \{.*LOG/],
    [{ services: [{ ...api, size: {} }] }, /^Not in the file: services\.api\.size\.memory\.before: "1Gi"/],
    [{ services: [{ ...api, resources: [] }] }, /^Not in the file: services\.api\.resources: /],
    [{ services: [api, { ...api, service: 'web' }] }, /^Only in the file: services\.web\.service/],
    [{ same: 2 }, /^Only in the file: same: 2\nNot in the file: same: 1$/],
    [{ network: [] }, /^Not in the file: network: \{.*"db"/],
    [{ risks: [] }, /^Not in the file: risks: \{.*The data is deleted/],
    [{ policy: [] }, /^Not in the file: policy: /],
    [{ graph: { services: [], edges: [] } }, /^Not in the file: graph\.services: /],
    [{ notes: [] }, /^Not in the file: notes: "Not known\."$/],
    [{ target: 'docker' }, /^Only in the file: target: "docker"\n/],
    [{ notes: ['Not known.', '\u202e'] }, /^Only in the file: notes: "\\u\{202e\}"$/],
  ];
  for (const [edit, expected] of edits) {
    assert.match(editedLines({ ...preview, ...edit }, preview).join('\n'), expected);
  }
});

test('a text is compared in full, also where it is shown shortened', () => {
  const long = (end: string) => ({ ...preview, notes: [`${'x'.repeat(1000)}${end}`] });
  assert.deepEqual(editedLines(long('a'), long('a')), []);
  assert.equal(editedLines(long('a'), long('b')).length, 2);
});

test('the commit, the duration, places, order and the checkout do not count', () => {
  const at = (line: number, address: string, folder: string): Preview => ({
    ...preview,
    services: [
      {
        ...api,
        place: place(line),
        causes: [{ kind: 'variable', name: 'LOG', via: [], place: place(line) }],
        values: [
          { name: 'URL', after: `http://${address}:80` },
          { name: 'DIR', after: `${folder}/.railhead/dev/data` },
        ],
      },
      { ...api, service: 'web' },
    ],
  });
  const file = at(1, '127.20.30.1', '/a');
  const now = at(9, '127.40.50.1', '/home/b/shop');
  const commit = { hash: 'a', subject: 'b' };
  const others = {
    source: { kind: 'state' as const, commit },
    seconds: 5,
    services: file.services.toReversed(),
  };
  assert.deepEqual(editedLines({ ...file, ...others }, now), []);
  assert.equal(editedLines(at(1, '10.0.0.1', '/a'), now).length, 2);
});

test('many differences are counted', () => {
  const notes = Array.from({ length: 30 }, (_, index) => `${index}`);
  assert.match(editedLines({ ...preview, notes }, preview).at(-1) ?? '', /^21 more differences\.$/);
});
