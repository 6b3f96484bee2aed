import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { importOf } from '../import/testing.ts';
import { makeRepository } from './testing.ts';
import { writeChanges } from './write.ts';
import { planInit } from './plan.ts';
import { describePlan } from './report.ts';

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
    /Notes .*The target of dev is docker, because process cannot run stacks\/shop\.yaml: services\.app\.image: a process is not/,
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
