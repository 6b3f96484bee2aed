import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describeImport } from './report.ts';
import { importOf } from './testing.ts';

const both =
  'the image runs as user 10001, without capabilities, with a read-only file system and a writable /tmp; if it fails at its start, write `user: image`, `capabilities`, `tmpfs`, `readOnly: false`';

test('a service with an image has a row with the defaults that restrict it', async (t) => {
  const { lines } = await importOf(t, {
    'compose.yaml': `services:
  web: { image: "nginx:1.29" }
  own: { image: "acme/own:1", user: "1000", read_only: true }
  open: { image: "acme/open:1", user: "1000", read_only: false }
  files: { image: "acme/files:1", user: "1000" }
  built: { build: . }
  data: { image: "postgres:17" }
`,
    Dockerfile: 'FROM node:24\nCMD ["node", "main.js"]\n',
  });
  assert.deepEqual(
    lines.filter((line) => line.includes('the image runs')),
    [
      `compose.yaml:2:8 defaulted → services.web ${both}`,
      'compose.yaml:5:10 defaulted → services.files the image runs with a read-only file system and a writable /tmp; if it fails at its start, write `tmpfs`, `readOnly: false`',
      `compose.yaml:6:10 defaulted → services.built ${both}`,
    ],
  );
});

test('images of other formats have it too, and the report shows it once for all services', async (t) => {
  const render = `services:
  - { type: web, name: api, runtime: image, image: { url: "docker.io/acme/api:1" } }
  - { type: worker, name: mail, runtime: image, image: { url: "docker.io/acme/mail:1" } }
`;
  const plan = await importOf(t, { 'render.yaml': render });
  const shown = describeImport(plan);
  assert.equal(shown.split(both).length, 2);
  assert.match(shown, /2:\d+ +→ +services\.api, services\.mail; the image runs/);
});
