import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { importOf } from '../import/testing.ts';
import { makeRepository } from './testing.ts';
import { writeChanges } from './write.ts';
import { planInit } from './plan.ts';
import { describeNext, describePlan } from './report.ts';

/** Imports a folder with these files, writes the result, and plans the project of it. */
async function initOf(t: TestContext, files: Record<string, string>) {
  const root = makeRepository(t, files);
  const { changes } = await importOf(t, files);
  writeChanges(root, changes);
  const plan = await planInit(root);
  const settings = plan.changes.find(({ path }) => path === 'Pulumi.dev.yaml')?.after ?? '';
  return { plan, settings };
}

test('services of images get the target docker, with the reason, and a gateway asks for workerd', async (t) => {
  const { plan, settings } = await initOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': 'services:\n  app: { image: "ghcr.io/acme/app:1", ports: ["8080:80"] }\n',
  });
  assert.match(settings, /^ {2}railhead:target: docker$/m);
  assert.match(
    describePlan(plan).replaceAll(/\n */g, ' '),
    /Notes .*The target of dev is docker\. process cannot run stacks\/shop\.yaml: services\.app\.image: a process is not/,
  );
  assert.match(plan.steps[0] ?? '', /^npm install -D .*workerd@\^1\./);
});

test('dev gets the overlay with which processes can run an import', async (t) => {
  const { plan, settings } = await initOf(t, {
    'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }',
    ...{ 'server.js': '', Dockerfile: 'FROM node:24\n' },
    'railway.json': '{ "build": { "builder": "DOCKERFILE" } }',
  });
  assert.match(settings, /^ {2}railhead:stackFile: stacks\/shop\.dev\.yaml\n {2}railhead:target: process$/m);
  assert.equal(plan.targetReason, undefined);
});

test('init uses the stack file of an import whose system has another name', async (t) => {
  const { plan, settings } = await initOf(t, {
    'package.json': '{ "name": "other" }',
    'compose.yaml': 'name: shop\nservices:\n  app: { image: "acme/app:1", ulimits: { nofile: 1024 } }\n',
  });
  assert.match(settings, /^ {2}railhead:stackFile: stacks\/shop\.yaml$/m);
  assert.deepEqual(
    plan.changes.map(({ path }) => path).filter((path) => /^(stacks|services)\//.test(path)),
    [],
  );
});

const cronOfImage = {
  'package.json': '{ "name": "shop" }',
  'job/railway.json': '{"build":{"builder":"DOCKERFILE"},"deploy":{"cronSchedule":"0 6 * * *"}}',
  'job/Dockerfile': 'FROM alpine:3\nCMD ["true"]\n',
};

test('no environment is written if only a cluster can run the system, and the settings for one are shown', async (t) => {
  const { plan, settings } = await initOf(t, cronOfImage);
  assert.equal(settings, '');
  const shown = describePlan(plan).replaceAll(/\n */g, ' ');
  assert.match(
    shown,
    /process cannot run stacks\/shop\.yaml: services\.job\.dockerfile: .* docker cannot run/,
  );
  assert.match(shown, /The target kubernetes can run it: write Pulumi\.kubernetes\.yaml with your cluster/);
  const [addition] = plan.additions;
  assert.equal(addition?.file, 'Pulumi.kubernetes.yaml, a new file');
  const settingsFile = addition.lines.join('\n');
  assert.match(
    settingsFile,
    /^ {2}railhead:stackFile: stacks\/shop\.yaml\n {2}railhead:target: kubernetes$/m,
  );
  assert.match(describeNext(plan), /Add the lines above[^]*Next: npm run up -- -s kubernetes$/);
  writeFileSync(join(plan.root, 'Pulumi.kubernetes.yaml'), settingsFile);
  assert.equal((await planInit(plan.root)).targetReason, undefined);
});

test('no environment is written if no target can run the stack file', async (t) => {
  const root = makeRepository(t, {
    'package.json': '{ "name": "shop" }',
    'stacks/shop.yaml': 'name: shop\nservices: { api: { source: gone, port: 3000 } }\n',
  });
  const plan = await planInit(root);
  assert.deepEqual(
    plan.changes.map(({ path }) => path).filter((path) => path.startsWith('Pulumi.')),
    ['Pulumi.yaml'],
  );
  assert.match(
    plan.targetReason ?? '',
    /no target can run the stack file\. process and docker and kubernetes cannot run stacks\/shop\.yaml: /,
  );
  assert.match(describeNext(plan), /Next: correct the stack file, then npx --no -- railhead init$/);
});

test('docker gets the overlay that an import wrote for it', async (t) => {
  const { settings } = await initOf(t, {
    'package.json': '{ "name": "shop" }',
    'stacks/shop.docker.yaml': 'extends: shop.yaml\nservices: { app: { cron: null } }\n',
    'stacks/shop.yaml': 'name: shop\nservices: { app: { image: "acme/app:1", cron: "0 6 * * *" } }\n',
    'compose.yaml': 'name: other\nservices: { app: { image: "acme/app:1" } }\n',
  });
  assert.match(
    settings,
    /^ {2}railhead:stackFile: stacks\/shop\.docker\.yaml\n {2}railhead:target: docker$/m,
  );
});
