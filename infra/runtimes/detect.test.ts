import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { detectRuntime } from './detect.ts';
import { openFolder } from './folder.ts';

const venv = 'python3 -m venv --copies .venv && export PATH="$PWD/.venv/bin:$PATH"';
const uv = 'pip install --quiet uv';
const poetry = `${uv} && uv tool run poetry install --only main --no-root --no-interaction --quiet`;
const goBuild = 'GOWORK=off go build -buildvcs=false -trimpath -o service.bin';

/** The command that keeps the jar of a build. */
const keep = (jars: string) =>
  `cp "$(ls -S ${jars} | grep -v -e '-sources.jar$' -e '-javadoc.jar$' -e '-plain.jar$' | head -n 1)" service.jar`;

/** Files of a folder, the declared commands, and the expected runtime, version, reason, build and start. */
type Row = [
  files: Record<string, string>,
  commands: { build?: string; start?: string },
  runtime: string,
  build: string | undefined,
  start: string | undefined,
];

const django = {
  'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n',
  'shop/wsgi.py': '',
};
const ci = 'npm ci --no-audit --no-fund';
const prune = 'npm prune --omit=dev --no-audit --no-fund';
const ownBuild = `${ci} && npm run build && ${prune}`;
const lock = { 'package-lock.json': '{}' };
const manifest = (scripts: object, fields: object = {}) => ({
  'package.json': JSON.stringify({ scripts, ...fields }),
});
const compiled = { 'src/main.ts': '', ...manifest({ build: 'tsc', start: 'node dist/main.js' }) };
const startsApi = 'npm --prefix apps/api run start';
const workspace = {
  'apps/api/package.json': JSON.stringify({
    scripts: { build: 'tsc', start: 'node dist/main.js', other: 'node other.js' },
    dependencies: { pg: '1' },
  }),
  'apps/api/other.js': '',
};
const runsNode = 'node ("start" runs node)';
const runsNpm = 'node ("start" runs npm)';
const runsNpx = 'node ("start" runs npx)';
const byManifest = 'node (package.json)';
const next = 'npx next start -H $HOST -p $PORT';
const using = (...names: string[]) => ({
  dependencies: Object.fromEntries(names.map((name) => [name, '1'])),
});
const berry = (version: string) =>
  `YARN_NODE_LINKER=node-modules npx --yes --package=@yarnpkg/cli-dist@${version} yarn`;

/** Folders of Node: what runs a build of their own, and the package manager of their lock files. */
const nodeFolders: Row[] = [
  [{ ...compiled, ...lock }, { start: 'npm start' }, runsNpm, ownBuild, 'npm start'],
  [{ ...compiled, ...lock }, { start: 'npm run start' }, runsNpm, ownBuild, 'npm run start'],
  [{ ...compiled, ...lock, 'dist/main.js': '' }, { start: 'npm start' }, runsNpm, ownBuild, 'npm start'],
  [{ ...compiled, ...lock }, { start: 'node dist/main' }, runsNode, ownBuild, 'node dist/main'],
  [{ ...compiled, ...lock }, { build: 'npm ci', start: 'npm start' }, runsNpm, 'npm ci', 'npm start'],
  [{ ...lock, 'src/main.ts': '', ...manifest({ build: 'nest build', start: 'nest start', 'start:prod': 'node dist/main' }) }, {}, byManifest, ownBuild, 'node dist/main'],
  [{ ...lock, ...manifest({ build: 'nest build', start: 'nest start' }) }, {}, byManifest, ownBuild, 'node dist/main.js'],
  [{ ...lock, ...manifest({ build: 'next build', start: 'next start' }, using('next')) }, {}, byManifest, ownBuild, next],
  [{ ...lock, ...manifest({}, using('next')) }, {}, byManifest, `${ci} && npx next build && ${prune}`, next],
  [{ ...lock, ...manifest({ build: 'next build' }, using('next')) }, { start: 'npx next start' }, runsNpx, ownBuild, 'npx next start'],
  [{ ...lock, ...manifest({ build: 'nuxt build', dev: 'nuxt dev' }, using('nuxt')) }, {}, byManifest, ownBuild, 'node .output/server/index.mjs'],
  [{ ...lock, ...manifest({ build: 'vite build' }, using('@sveltejs/kit', '@sveltejs/adapter-node', 'vite')) }, {}, byManifest, ownBuild, 'node build/index.js'],
  [{ ...lock, ...manifest({ build: 'remix build', start: 'remix-serve build/index.js' }, using('@remix-run/node', 'vite')) }, {}, byManifest, ownBuild, 'npm start'],
  [{ ...lock, 'index.html': '', ...manifest({ build: 'vite build', dev: 'vite' }, using('vite')) }, {}, 'static (vite in package.json)', `${ci} && npm run build && rm -rf node_modules`, 'node railhead-site.js'],
  [{ ...lock, ...manifest({ build: 'react-scripts build', start: 'react-scripts start' }, using('react-scripts')) }, {}, 'static (react-scripts in package.json)', `${ci} && npm run build && rm -rf node_modules`, 'node railhead-site.js'],
  [{ ...lock, 'next.config.mjs': "export default { output: 'export' }", ...manifest({ build: 'next build' }, using('next')) }, {}, 'static (next in package.json)', `${ci} && npm run build && rm -rf node_modules`, 'node railhead-site.js'],
  [{ 'index.html': '', ...manifest({}, using('vite')) }, {}, byManifest, undefined, undefined],
  [{ ...lock, 'server.js': '', ...manifest({}, using('express')) }, { start: 'node server.js' }, runsNode, `npm ci --omit=dev --no-audit --no-fund`, 'node server.js'],
  [{ 'server.js': '', ...manifest({}, using('express')) }, { start: 'node server.js' }, runsNode, undefined, 'node server.js'],
  [{ ...lock, 'main.ts': '', ...manifest({}, using('express')) }, {}, 'node (main.ts)', undefined, undefined],
  [{ ...lock, 'src/main.ts': '', ...manifest({ start: 'tsx src/main.ts' }, using('express')) }, {}, byManifest, ci, 'npm start'],
  [{ ...manifest({ build: 'tsc' }), ...lock, 'src/main.ts': '' }, {}, byManifest, undefined, undefined],
  [
    { ...compiled, 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n" },
    {},
    byManifest,
    'npx --yes pnpm@8 install --ignore-workspace --frozen-lockfile && npx --yes pnpm@8 run build && npx --yes pnpm@8 prune --ignore-workspace --prod',
    'node dist/main.js',
  ],
  [
    { 'src/main.ts': '', ...manifest({ build: 'tsc', start: 'node dist/main.js' }, { packageManager: 'pnpm@10.4.1+sha512.abc' }) },
    {},
    byManifest,
    'npx --yes pnpm@10.4.1 install --ignore-workspace && npx --yes pnpm@10.4.1 run build && npx --yes pnpm@10.4.1 prune --ignore-workspace --prod',
    'node dist/main.js',
  ],
  [
    { ...compiled, 'yarn.lock': '# yarn lockfile v1\n' },
    {},
    byManifest,
    'npx --yes yarn@1 install --frozen-lockfile && npx --yes yarn@1 run build && npx --yes yarn@1 install --frozen-lockfile --production --ignore-scripts',
    'node dist/main.js',
  ],
  [
    { ...compiled, 'yarn.lock': '__metadata:\n  version: 8\n' },
    {},
    byManifest,
    `${berry('4')} install --immutable && ${berry('4')} run build && ${berry('4')} workspaces focus --all --production`,
    'node dist/main.js',
  ],
  [{ ...workspace, ...lock, ...manifest({ build: 'turbo build' }) }, { start: startsApi }, runsNpm, ownBuild, startsApi],
  [{ ...workspace, ...lock, ...manifest({}) }, { start: startsApi }, runsNpm, `${ci} && npm --prefix apps/api run build && ${prune}`, startsApi],
  [{ ...workspace, ...lock, ...manifest({}) }, { start: 'npm --prefix apps/api run other' }, runsNpm, `npm ci --omit=dev --no-audit --no-fund`, 'npm --prefix apps/api run other'],
  [{ ...workspace, ...lock, 'apps/api/yarn.lock': '', ...manifest({ build: 'tsc' }) }, { start: startsApi }, runsNpm, undefined, startsApi],
  [
    { ...workspace, 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': 'packages: [apps/*]', ...manifest({ build: 'turbo build' }) },
    { start: startsApi },
    runsNpm,
    'npx --yes pnpm@10 install --frozen-lockfile && npx --yes pnpm@10 run build',
    startsApi,
  ],
]; // prettier-ignore

const folders: Row[] = [
  [{ 'requirements.txt': 'flask\n', 'app.py': '' }, {}, 'python (requirements.txt)', `${venv} && python -m pip install --quiet -r requirements.txt`, 'python3 app.py'],
  [{ 'requirements.txt': '# none\n', 'main.py': '', '.python-version': '3.12.4\n' }, {}, 'python@3.12 (requirements.txt)', undefined, 'python3 main.py'],
  [{ 'pyproject.toml': '[build-system]\n[project]\nrequires-python = "~=3.11"' }, { start: 'uvicorn app:api' }, 'python@3.11 ("start" runs uvicorn)', `${venv} && python -m pip install --quiet .`, 'uvicorn app:api'],
  [{ 'uv.lock': '', 'pyproject.toml': '' }, { start: './run' }, 'python (pyproject.toml)', `${venv} && pip install --quiet uv && uv sync --frozen --no-dev --no-install-project`, './run'],
  [{ 'pyproject.toml': '[project]\ndependencies = [\n  "flask",\n]\n', 'main.py': '' }, {}, 'python (pyproject.toml)', `${venv} && ${uv} && uv pip install --quiet -r pyproject.toml`, 'python3 main.py'],
  [{ 'pyproject.toml': '[project]\nname = "x"\n', 'main.py': '' }, {}, 'python (pyproject.toml)', undefined, 'python3 main.py'],
  [{ 'pyproject.toml': '[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\n' }, { start: './run' }, 'python (pyproject.toml)', `${venv} && ${poetry}`, './run'],
  [{ 'pyproject.toml': '[build-system]\n', 'poetry.lock': '' }, { start: './run' }, 'python (pyproject.toml)', `${venv} && ${poetry} && python -m pip install --quiet --no-deps .`, './run'],
  [{ ...django, 'requirements.txt': 'Django==5.1\ngunicorn==23.0\n' }, {}, 'python (requirements.txt)', `${venv} && python -m pip install --quiet -r requirements.txt`, 'gunicorn shop.wsgi --bind $HOST:$PORT'],
  [{ ...django, 'requirements.txt': 'Django==5.1\n' }, {}, 'python (requirements.txt)', `${venv} && python -m pip install --quiet -r requirements.txt`, undefined],
  [{ Pipfile: '[packages]\nflask = "*"\n[requires]\npython_version = "3.12"\n', 'app.py': '' }, {}, 'python@3.12 (Pipfile)', `${venv} && ${uv} && uv tool run pipenv install --skip-lock`, 'python3 app.py'],
  [{ Pipfile: '[packages]\n"flask" = "*"\n', 'Pipfile.lock': '{}', 'app.py': '' }, {}, 'python (Pipfile)', `${venv} && ${uv} && uv tool run pipenv sync`, 'python3 app.py'],
  [{ Pipfile: '[packages]\n[dev-packages]\npytest = "*"\n', 'app.py': '' }, {}, 'python (Pipfile)', undefined, 'python3 app.py'],
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
  ...nodeFolders,
  [{ 'bun.lock': '', 'package.json': '{"packageManager":"bun@1.2.3"}', 'src/index.ts': '' }, {}, 'bun@1.2.3 (bun.lock)', 'bun install --frozen-lockfile --production', 'bun src/index.ts'],
  [
    { 'bun.lockb': '', 'package.json': '{"scripts":{"build":"x","start":"bun dist/a.js"}}' },
    {},
    'bun (bun.lockb)',
    'bun install --frozen-lockfile && bun run build && rm -rf node_modules && bun install --frozen-lockfile --production',
    'bun run start',
  ],
  [{ 'deno.json': '{"tasks":{"dev":"deno run main.ts"}}', '.deno-version': 'v2.1.4\n', 'src/main.ts': '' }, {}, 'deno@2.1.4 (deno.json)', 'deno cache src/main.ts', 'deno run --allow-all src/main.ts'],
  [{ 'deno.json': '{}', 'main.ts': '' }, {}, 'deno (deno.json)', 'deno cache main.ts', 'deno run --allow-all main.ts'],
  [{ 'bun.lock': '', 'main.ts': '', 'package.json': '{}' }, {}, 'bun (bun.lock)', 'bun install --frozen-lockfile --production', 'bun main.ts'],
  [{ 'composer.json': '{}', 'main.ts': '', 'package.json': '{}' }, {}, 'node (main.ts)', undefined, undefined],
  [{ 'deno.jsonc': '{"tasks":{"start":"deno serve a.ts"}}' }, {}, 'deno (deno.jsonc)', undefined, 'deno task start'],
  [{ Gemfile: "ruby '3.3.1'\ngem 'rack'\n", 'Gemfile.lock': '', 'config.ru': '' }, {}, 'ruby@3.3 (Gemfile)', 'BUNDLE_FROZEN=true bundle install --quiet', 'bundle exec rackup config.ru -o $HOST -p $PORT'],
  [
    { Gemfile: "gem 'propshaft'\n", '.ruby-version': 'ruby-3.4.2', 'bin/rails': '', 'package.json': '{}', 'config.ru': '' },
    {},
    'ruby@3.4 (Gemfile)',
    'bundle install --quiet && SECRET_KEY_BASE_DUMMY=1 bundle exec rake assets:precompile',
    'bundle exec bin/rails server -b $HOST -p $PORT',
  ],
  [{ Gemfile: '', 'app.rb': '' }, {}, 'ruby (Gemfile)', undefined, 'ruby app.rb'],
  [{ 'index.php': '', 'index.html': '' }, {}, 'php (index.php)', undefined, 'php -S $HOST:$PORT -t .'],
  [
    { 'composer.json': '{"require":{"php":"^8.3","monolog/monolog":"^3"}}', 'public/index.php': '', 'package.json': '{}' },
    {},
    'php@8.3 (composer.json)',
    'composer install --quiet --no-dev --no-interaction --no-scripts --optimize-autoloader --ignore-platform-reqs',
    'php -S $HOST:$PORT -t public',
  ],
  [
    { 'pom.xml': '<maven.compiler.release>17</maven.compiler.release>' },
    {},
    'java@17 (pom.xml)',
    `mvn -B -q -DskipTests package && ${keep('target/*.jar')} && rm -rf target`,
    'java -jar service.jar',
  ],
  [
    { 'pom.xml': '<artifactId>spring-boot-starter-parent</artifactId><java.version>21</java.version>', mvnw: '' },
    {},
    'java@21 (pom.xml)',
    `sh ./mvnw -B -q -DskipTests package && ${keep('target/*.jar')} && rm -rf target`,
    'java -Dserver.address=$HOST -Dserver.port=$PORT -jar service.jar',
  ],
  [
    {
      'build.gradle.kts': 'plugins {\n  id("org.springframework.boot") version "3.5.0"\n}\njava { toolchain { languageVersion = JavaLanguageVersion.of(17) } }',
      'settings.gradle.kts': 'rootProject.name = "shop"',
      gradlew: '',
    },
    {},
    'java@17 (build.gradle.kts)',
    `sh ./gradlew --no-daemon -q assemble && ${keep('build/libs/*.jar')} && rm -rf build .gradle`,
    'java -Dserver.address=$HOST -Dserver.port=$PORT -jar service.jar',
  ],
  [
    { 'build.gradle': "plugins {\n    id 'application'\n}\n" },
    {},
    'java (build.gradle)',
    `echo "rootProject.name = 'service'" > settings.gradle && gradle --no-daemon -q installDist && mv build/install/* service && mv "$(ls -d service/bin/* | grep -v '[.]bat$')" service/bin/start && rm -rf build .gradle`,
    'sh service/bin/start',
  ],
  [
    { 'Shop.Api.csproj': '<TargetFramework>net9.0</TargetFramework><AssemblyName>shop</AssemblyName>' },
    {},
    'dotnet@9.0 (Shop.Api.csproj)',
    'dotnet publish Shop.Api.csproj -c Release -o out --nologo -v quiet && rm -rf bin obj',
    'ASPNETCORE_URLS=http://$HOST:$PORT dotnet out/shop.dll',
  ],
  [{ 'a.fsproj': '', 'global.json': '{"sdk":{"version":"8.0.100"}}' }, { start: './run' }, 'dotnet@8.0 (a.fsproj)', 'dotnet publish a.fsproj -c Release -o out --nologo -v quiet && rm -rf bin obj', './run'],
  [{ 'bun.lock': '', 'package.json': '{}' }, { start: 'deno run a.ts' }, 'deno ("start" runs deno)', undefined, 'deno run a.ts'],
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
