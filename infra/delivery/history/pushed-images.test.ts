import { expect, test } from 'vitest';
import { parseEvents } from '../state/engine-log.ts';
import { withPushedImages } from './pushed-images.ts';

const tag = 'localhost:5000/shop/api:0123456789abcdef';
const digest = `localhost:5000/shop/api@sha256:${'d'.repeat(64)}`;
const release = { api: { hash: 'a'.repeat(16), image: tag }, proxy: { image: 'nginx:1' } };

/** Returns the release after one step of the engine. */
function after(inputs: object, outputs: object | null, type = 'docker:index/image:Image') {
  const metadata = { op: 'same', urn: 'urn', type, old: null, new: { inputs, outputs } };
  return withPushedImages(release, parseEvents(JSON.stringify({ resOutputsEvent: { metadata } })));
}

test('an image that was pushed is recorded by its digest, and one of others as it is named', () => {
  const recorded = after({ imageName: tag, skipPush: false }, { imageName: tag, repoDigest: digest });
  expect(recorded).toEqual({ ...release, api: { ...release.api, image: digest } });
});

test('an image that no registry has keeps its tag', () => {
  const id = `sha256:${'e'.repeat(64)}`;
  expect(after({ imageName: tag, skipPush: true }, { repoDigest: id })).toEqual(release);
  // Some daemons name a digest for every image that they build.
  expect(after({ imageName: tag, skipPush: true }, { repoDigest: digest })).toEqual(release);
  expect(after({ imageName: tag, skipPush: false }, { repoDigest: '<none>@<none>' })).toEqual(release);
  expect(after({ imageName: tag, skipPush: false }, null)).toEqual(release);
  expect(after({ imageName: tag }, { repoDigest: digest }, 'shop:index:Image')).toEqual(release);
});
