import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { chooseTarget } from '../targets/index.ts';
import { dotnetRuntime, furtherRuntimes } from '../targets/testing/further-runtimes.ts';
import { runtimeSources } from '../targets/testing/runtimes.ts';
import { checkProposals } from './check-proposals.ts';
import { proposeServices } from './propose.ts';
import { readRepository } from './repository.ts';
import { one, propose } from './testing.ts';

/** The services that tests of targets deploy, one of each runtime. */
const examples = Object.entries({ ...furtherRuntimes, dotnet: dotnetRuntime }).flatMap(([name, { files }]) =>
  Object.entries(files).map(([path, text]): [string, string] => [`services/${name}/${path}`, text]),
);
const files = { ...runtimeSources, ...Object.fromEntries(examples) };

test('a folder of every runtime is proposed without commands, with the file that shows the runtime as the reason', async (t) => {
  const { services, unfit } = propose(t, files);
  assert.deepEqual(unfit, []);
  const folders = ['api', 'bun', 'deno', 'dotnet', 'java', 'ml', 'php', 'ruby', 'site'];
  assert.deepEqual(
    services,
    folders.map((folder, index) => ({
      // The package.json of Bun has the name of another service.
      name: folder === 'bun' ? 'api-2' : folder,
      source: `services/${folder}`,
      port: 3000 + index,
    })),
  );
  const root = scratch(t, files);
  const found = proposeServices(readRepository(root));
  const reasons = found.proposals.map(({ name, reasons: [reason] }) => `${name}: ${reason}`);
  assert.deepEqual(reasons, [
    'api: package main in go.mod',
    'api-2: Bun in bun.lock, which starts with "bun src/index.ts"',
    'deno: Deno in deno.json, which starts with "deno run --allow-all main.ts"',
    'dotnet: .NET in Api.csproj, which starts with "ASPNETCORE_URLS=http://$HOST:$PORT dotnet out/Api.dll"',
    'java: Java in pom.xml, which starts with "java -jar service.jar"',
    'ml: main.py, packages in requirements.txt',
    'php: PHP in composer.json, which starts with "php -S $HOST:$PORT -t public"',
    'ruby: Ruby in Gemfile, which starts with "bundle exec ruby app.rb"',
    'site: static files in index.html',
  ]);
  const file = { name: 'shop', schema: 'schema.json', hasWorkerd: true };
  for (const target of ['process', 'docker', 'kubernetes']) {
    const checked = checkProposals(found, file, {
      path: join(root, 'stacks/shop.yaml'),
      target: await chooseTarget({ name: 'dev', target }),
    });
    assert.deepEqual(checked, found, target);
  }
});

test('a folder without a program of its runtime is named, with its reason', (t) => {
  const { services, unfit } = propose(t, {
    'jobs/Gemfile': '',
    'jobs/work.rb': '',
    'models/Models.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'server/settings.gradle.kts': '',
    'server/app/build.gradle.kts': '',
    'shared/pom.xml': '',
    'shared/src/main/java/Text.java': 'class Text {}',
    // The lockfile of a workspace of Bun.
    'package.json': '{ "workspaces": ["packages/*"] }',
    'bun.lock': '',
  });
  assert.deepEqual(services, []);
  assert.deepEqual(
    unfit.map(({ place, reason }) => `${place}: ${reason}`),
    [
      'jobs: Ruby in Gemfile: no file shows the command that starts it; write the service with "start"',
      'models: .NET in Models.csproj: its project is a library or a test',
      'server/app: Java in build.gradle.kts: a build of server/settings.gradle.kts makes it; write a service with that folder as "source", "build" and "start"',
      'shared: Java in pom.xml: its code has no main method',
    ],
  );
});

test('pages are a site only in a folder that belongs to no program, apart from the files of the project', (t) => {
  const site = { name: 'site', source: 'site', port: 3000 };
  assert.deepEqual(one(t, { 'site/index.html': '', 'site/blog/index.html': '' }), site);
  assert.deepEqual(one(t, { 'site/public/index.html': '' }), site);
  const shop = { 'shop/composer.json': '{}', 'shop/index.php': '', 'shop/pages/index.html': '' };
  assert.deepEqual(one(t, shop), { name: 'shop', source: 'shop', port: 3000 });
  const { services, unfit } = propose(t, { 'index.html': '' });
  assert.deepEqual(services, []);
  assert.match(unfit[0]?.reason ?? '', /move the site to a folder of its own/);
});
