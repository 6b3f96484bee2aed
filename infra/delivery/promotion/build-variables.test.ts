import assert from 'node:assert/strict';
import { test } from 'vitest';
import { hashValues } from '../../artifacts/command.ts';
import { loadRelease } from '../../releases/load.ts';
import { recordedRelease } from '../history/declared.ts';
import { bodyOf } from './pull-request.ts';
import { openShop } from './testing/shop.ts';

const url = 'https://dev.example.com';
const web = (value: string) => ({
  web: { build: 'true', buildVariables: ['API_URL', 'MODE'], variables: { API_URL: value, MODE: 'full' } },
});

test('a frontend that was built with another value than the destination has is promoted with a warning', async (t) => {
  const shop = openShop(t);
  shop.stack(web(url));
  const { release = {} } = await shop.update();
  const buildVariables = hashValues({ API_URL: url, MODE: 'full' });
  const built = { web: { ...release['web'], buildVariables } };
  await shop.update({ release: built });
  assert.deepEqual((await shop.promote()).warnings, []);
  assert.deepEqual(loadRelease('qa', shop.root)?.release.artifacts, built);
  shop.commit();
  shop.stack(web('https://qa.example.com'));
  await shop.update({ release: { web: { ...built.web, hash: 'b'.repeat(16) } } });
  const done = await shop.promote();
  assert.deepEqual(done.warnings, [
    'web was built with another value of API_URL than qa has, and keeps it: a promotion builds nothing. Let the code read the value when it runs, or give both environments the same value.',
  ]);
  const about = { ...done, from: 'dev', to: 'qa', only: undefined };
  assert.match(bodyOf(about, undefined), /^> \[!WARNING\]\n> web was built with another value/m);
  assert.doesNotMatch(shop.file() ?? '', /example\.com/);
});

test('an update records with which values an artifact was built, those of a release file as the file says', () => {
  const config = { kind: 'source' };
  const service = { form: 'code', name: 'web', config, buildValues: { API_URL: url } };
  const graph = { services: [service] } as unknown as Parameters<typeof recordedRelease>[0];
  const recorded = (inputs: object) => {
    const artifact = { service: 'web', hash: 'a'.repeat(16), path: '/web', inputs };
    return recordedRelease(graph, { web: artifact } as unknown as Parameters<typeof recordedRelease>[1]);
  };
  assert.deepEqual(recorded({})['web']?.buildVariables, hashValues({ API_URL: url }));
  const release = 'releases/qa.yaml';
  assert.deepEqual(recorded({ release, buildVariables: { A: '1' } })['web']?.buildVariables, { A: '1' });
  assert.equal(recorded({ release })['web']?.buildVariables, undefined);
});
