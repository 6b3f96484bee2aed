import assert from 'node:assert/strict';
import { test } from 'vitest';
import { project, testRepository } from '../commits/testing.ts';
import { previewCommits } from './from-commits.ts';

const stack = (services: string, name = 'shop') => `name: ${name}
services:
${services}
  api: { source: services/api, port: 3001 }
`;
const database = (fields: string, name = 'db') => `  ${name}: { type: postgres${fields} }`;

test('what `up` may refuse because of the data is a risk of the preview, at its place: the base may never have run', async (t) => {
  const { commit } = testRepository(t);
  const base = commit({ ...project, 'stacks/shop.yaml': stack(database(', version: "17", storage: 2Gi')) });
  const refusedAfter = async (text: string) => {
    const head = commit({ 'stacks/shop.yaml': text });
    const [preview] = await previewCommits({ base, head, stack: 'prod' }, () => undefined);
    assert.ok(preview);
    assert.ok(preview.notes.some((note) => /not what runs/.test(note)));
    assert.equal(preview.problems, undefined);
    const refused = preview.risks.filter((risk) =>
      /^`up` refuses this if the base commit runs: /.test(risk.text),
    );
    const lines = refused.map(
      ({ service, text, place }) => `${service} ${place?.file ?? ''}:${place?.line ?? ''} ${text}`,
    );
    return { ...preview, refused: lines.join('\n') };
  };
  const kept = database(', version: "17", storage: 2Gi');
  for (const [text, problem] of [
    [
      stack(database(', version: "17", storage: 2Gi', 'store')),
      /^store stacks\/shop\.yaml:3 .*: services\.store: would begin empty: the data of "db"/,
    ],
    [
      stack('  db: { type: redis }'),
      /^db stacks\/shop\.yaml:3 .*: services\.db\.type: .*of type postgres; give the redis another name/,
    ],
    [
      stack(database(', version: "18", storage: 2Gi')),
      /^db stacks\/shop\.yaml:3 .*: services\.db\.version: the data are of postgres 17, which 18 does not read/,
    ],
    [
      stack(database(', version: "17", storage: 1Gi')),
      /^db stacks\/shop\.yaml:3 .*: services\.db\.storage: a disk does not shrink/,
    ],
    [
      stack(kept, 'store'),
      /^environment .*: The stack of prod is called "store", but its data are kept under "shop"\..*Keep the data where they are: npm run pulumi -- config set railhead:identity shop -s prod/,
    ],
  ] as const) {
    const { refused, services } = await refusedAfter(text);
    assert.match(refused, problem);
    assert.notEqual(services.length, 0, 'the changes are shown too');
  }
  for (const text of [
    stack(database(', version: "17", storage: 3Gi')),
    stack(`${kept}\n  cache: { type: redis }`),
    stack(''),
  ]) {
    assert.equal((await refusedAfter(text)).refused, '', text);
  }
});
