import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { detectRuntime } from './detect.ts';
import { openFolder } from './folder.ts';

const venv = 'python3 -m venv --copies .venv && export PATH="$PWD/.venv/bin:$PATH"';
const goBuild = 'GOWORK=off go build -buildvcs=false -trimpath -o service.bin';

/** Files of a folder, the declared commands, and the expected runtime, version, reason, build and start. */
const folders: [
  files: Record<string, string>,
  commands: { build?: string; start?: string },
  runtime: string,
  build: string | undefined,
  start: string | undefined,
][] = [
  [{ 'requirements.txt': 'flask\n', 'app.py': '' }, {}, 'python (requirements.txt)', `${venv} && python -m pip install --quiet -r requirements.txt`, 'python3 app.py'],
  [{ 'requirements.txt': '# none\n', 'main.py': '', '.python-version': '3.12.4\n' }, {}, 'python@3.12 (requirements.txt)', undefined, 'python3 main.py'],
  [{ 'pyproject.toml': '[build-system]\n[project]\nrequires-python = "~=3.11"' }, { start: 'uvicorn app:api' }, 'python@3.11 ("start" runs uvicorn)', `${venv} && python -m pip install --quiet .`, 'uvicorn app:api'],
  [{ 'uv.lock': '', 'pyproject.toml': '' }, { start: './run' }, 'python (pyproject.toml)', `${venv} && pip install --quiet uv && uv sync --frozen --no-dev --no-install-project`, './run'],
  [{ 'requirements.txt': 'x', 'package.json': '{}' }, { build: 'true', start: 'node server.js' }, 'node ("start" runs node)', 'true', 'node server.js'],
  [{ 'go.mod': 'module x\n\ngo 1.24.1\n', 'main.go': '' }, {}, 'go@1.24 (go.mod)', `${goBuild} .`, './service.bin'],
  [{ 'go.mod': 'module x', 'cmd/web/main.go': '' }, {}, 'go (go.mod)', `${goBuild} ./cmd/web`, './service.bin'],
  [{ 'go.mod': 'module x', 'cmd/a/main.go': '', 'cmd/b/main.go': '' }, {}, 'go (go.mod)', undefined, undefined],
  [{ 'index.html': '' }, {}, 'static (index.html)', undefined, 'node railhead-site.js'],
  [{ 'index.html': '' }, { start: './serve' }, 'node', undefined, './serve'],
  [{ 'main.ts': '', 'package.json': '{"scripts":{"build":"tsc"}}' }, {}, 'node (main.ts)', undefined, undefined],
  [
    { 'src/main.ts': '', 'package-lock.json': '{}', 'package.json': '{"scripts":{"build":"tsc","start":"node dist/main.js"}}' },
    {},
    'node (package.json)',
    'npm ci --no-audit --no-fund && npm run build && npm prune --omit=dev --no-audit --no-fund',
    'node dist/main.js',
  ],
  [{ 'package.json': '{"scripts":{"build":"tsc"}}', 'server.js': '' }, { start: 'node server.js' }, 'node ("start" runs node)', undefined, 'node server.js'],
  [{}, {}, 'node', undefined, undefined],
]; // prettier-ignore

test('the runtime and the commands of a folder follow from "start" and from its files', (t) => {
  for (const [files, commands, expected, build, start] of folders) {
    const found = detectRuntime(openFolder(scratch(t, files)), undefined, commands);
    const { name, version, reason } = found.runtime;
    const text = name + (version ? `@${version}` : '') + (reason ? ` (${reason})` : '');
    assert.deepEqual([text, found.build, found.start], [expected, build, start]);
  }
});

test('the runtime of the stack file wins, with its version', (t) => {
  const folder = openFolder(scratch(t, { 'go.mod': 'go 1.24', 'main.py': '', 'requirements.txt': '' }));
  const declared = { name: 'python' as const, version: '3.12', reason: '"runtime"' };
  assert.deepEqual(detectRuntime(folder, declared, {}), {
    runtime: declared,
    build: undefined,
    start: 'python3 main.py',
  });
});
