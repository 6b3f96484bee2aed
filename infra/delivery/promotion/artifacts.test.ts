import assert from 'node:assert/strict';
import { test } from 'vitest';
import { record } from '../history/testing.ts';
import { fitArtifacts } from './artifacts.ts';
import { comparePins, drawChanges } from './changes.ts';

const content = `sha256:${'c'.repeat(64)}`;
const image = `ghcr.io/acme/shop/api@sha256:${'d'.repeat(64)}`;
const pin = { hash: 'a'.repeat(16), content };
const to = { name: 'qa', stackFile: 'stacks/shop.yaml', hasOtherGateway: false };
const fit = (release: object, isImage: boolean, services: string[], changes: object = {}) => {
  const needed = services.map((service) => ({ service, isImage }));
  return fitArtifacts(record({ release: { ...release } }), { ...to, needed, ...changes });
};

test('an image is promoted by its digest, and only where images run', () => {
  const release = { api: { ...pin, image } };
  assert.deepEqual(fit(release, true, ['api']), { pins: { api: { ...pin, image } }, problems: [] });
  assert.deepEqual(fit(release, false, ['api']).pins, { api: pin });
  assert.deepEqual(fit({ api: { ...pin, image: 'shop/api:tag' } }, true, ['api']).pins, { api: pin });
  const noFiles = fit({ api: { hash: pin.hash, image } }, false, ['api']);
  assert.match(noFiles.problems.join(), /^api: #7 of dev kept neither/);
});

test('images of others and a balancer that the other target does not run are no artifacts of a release', () => {
  const release = { api: pin, balancer: pin, proxy: { image: 'nginx:1' } };
  assert.deepEqual(fit(release, false, ['api']), { pins: { api: pin }, problems: [] });
});

test('a target with other programs of Railhead needs a source with the same ones', () => {
  const { problems } = fit({ api: pin, gateway: pin }, true, ['api', 'gateway', 'balancer'], {
    hasOtherGateway: true,
  });
  assert.deepEqual(
    problems.map((problem) => problem.replace(/,.*/, '')),
    ['gateway: qa runs another program than dev', 'balancer: qa runs another program than dev'],
  );
});

test('changes show old and new hashes, and the content where only that differs', () => {
  const rebuilt = { ...pin, content: `sha256:${'e'.repeat(64)}` };
  const before = { api: pin, cron: pin, old: pin, web: pin };
  const after = { api: { ...pin, hash: 'b'.repeat(16) }, cron: rebuilt, new: pin, web: pin };
  assert.deepEqual(drawChanges(comparePins(before, after), Infinity), [
    'api   aaaaaaaaaaaaaaaa                 →  bbbbbbbbbbbbbbbb',
    'cron  aaaaaaaaaaaaaaaa (cccccccccccc)  →  aaaaaaaaaaaaaaaa (eeeeeeeeeeee)',
    'new   -                                →  aaaaaaaaaaaaaaaa',
    'old   aaaaaaaaaaaaaaaa                 →  -',
  ]);
});
