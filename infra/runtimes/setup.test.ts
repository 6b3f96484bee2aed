import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { openFolder } from './folder.ts';
import { runtimeKinds } from './index.ts';

test('a build of Python that can install packages has a .venv, and in a container the tools that it runs', () => {
  const venv =
    'python3 -m venv --copies .venv && export VIRTUAL_ENV="$PWD/.venv" PATH="$PWD/.venv/bin:$PATH"';
  const builds: [build: string, onMachine: string | undefined, inContainer?: string][] = [
    ['pip install -r requirements.txt', `${venv} || exit`],
    ['python3.12 -m pip install .', `${venv} || exit`],
    ['./build.sh', `${venv} || exit`],
    ['sh build.sh', `${venv} || exit`],
    ['make assets', `${venv} || exit`],
    ['pip install poetry && poetry install', `${venv} || exit`],
    ['poetry install --only main', `${venv} || exit`, `${venv} && pip install --quiet poetry || exit`],
    ['uv sync --frozen', undefined, `${venv} && pip install --quiet uv || exit`],
    ['uv pip install -r requirements.txt', `${venv} || exit`, `${venv} && pip install --quiet uv || exit`],
    ['python3 -m venv .venv && .venv/bin/pip install --quiet .', undefined],
    ['python3 -m venv --copies .venv && pip install --quiet uv && uv tool run pipenv sync', undefined],
    ['python3 generate.py', undefined],
    ['echo pipeline', undefined],
  ];
  for (const [build, onMachine, inContainer = onMachine] of builds) {
    const setup = (isContainer: boolean) =>
      runtimeKinds.python.setup?.(build, { folder: openFolder('/nowhere'), inContainer: isContainer });
    assert.deepEqual([setup(false), setup(true)], [onMachine, inContainer], build);
  }
});

test('a build of Node has the package manager of its folder in a container, which has npm alone', (t) => {
  const folder = openFolder(scratch(t, { 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n" }));
  const setup = (build: string, inContainer = true) =>
    runtimeKinds.node.setup?.(build, { folder, inContainer });
  assert.equal(setup('pnpm install && pnpm build'), 'pnpm() { npx --yes pnpm@8 "$@"; }');
  assert.equal(setup('pnpm install', false), undefined);
  for (const own of [
    'npm ci',
    'npx --yes pnpm@8 install',
    'npm i -g pnpm@8 && pnpm i',
    'corepack enable && pnpm i',
  ])
    assert.equal(setup(own), undefined, own);
});
