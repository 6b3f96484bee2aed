import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { ensureImage } from '../../infra/artifacts/docker.ts';
import { buildRelease } from '../../infra/artifacts/release.ts';
import { buildGraph } from '../../infra/graph/graph.ts';
import { loadStack } from '../../infra/stack/load.ts';
import { scratch } from '../../infra/stack/scratch.ts';
import { docker, lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { unless } from '../../tools/testing/unless.ts';
import { lacksImage } from './bases.ts';

const base = 'python:3.11-slim';
const { test } = unless(lacksDaemon() ?? lacksImage(base));

const value = "canary's build secret 90ab";
const name = 'railhead-test-secrets';

/** The build waits until the test has looked at its container. */
const stack = `name: ${name}
images: { python: ${base} }
services:
  web:
    source: app
    runtime: python
    build: echo "$TOKEN"; printf %s "$TOKEN" | sha256sum > seen; until [ -e go ]; do sleep 0.1; done; rm go
    start: python3 main.py
    buildSecrets: [TOKEN]
`;

test('a secret of a build is in no description, log, layer or history of the daemon', async (t) => {
  const root = scratch(t, { 'stack.yaml': stack, 'app/main.py': '' });
  const graph = buildGraph(loadStack(join(root, 'stack.yaml')), 'test');
  const options = { root, preview: false, containers: [], progress: () => undefined, pins: undefined };
  const running = () => docker('ps', '--quiet', '--filter', 'label=railhead.build').trim();
  assert.equal(running(), '', 'no other build runs on this daemon');
  const building = buildRelease(graph, { ...options, secretOf: () => value });
  await expect.poll(running, { timeout: 60_000 }).not.toBe('');
  const id = running();
  const shown = docker('inspect', id);
  docker('exec', id, 'touch', 'go');
  const { web } = await building;
  assert.match(shown, /railhead\.build/);
  assert.doesNotMatch(shown, /canary/);
  assert.equal(running(), '');
  const digest = createHash('sha256').update(value).digest('hex');
  assert.ok(readFileSync(join(web!.path, 'seen'), 'utf8').startsWith(digest));

  await ensureImage(root, web!.image!, () => undefined);
  const { reference } = web!.image!;
  const folder = mkdtempSync(join(tmpdir(), 'railhead-saved-'));
  onTestFinished(() => {
    docker('rmi', '--force', reference);
    rmSync(folder, { recursive: true });
  });
  assert.doesNotMatch(docker('history', '--no-trunc', reference), /canary/);
  // An archive of `docker save` is not compressed.
  docker('save', '--output', join(folder, 'image.tar'), reference);
  const saved = readFileSync(join(folder, 'image.tar'));
  assert.ok(saved.includes(digest));
  assert.ok(!saved.includes(value));
});
