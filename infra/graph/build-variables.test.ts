import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { buildRelease } from '../artifacts/release.ts';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { chooseTarget, standardTargets } from '../targets/index.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { buildGraph } from './graph.ts';
import { codeNode } from './scratch-graph.ts';

const names = '[API, HOSTS, RAILWAY_PUBLIC_DOMAIN, RAILWAY_ENVIRONMENT]';

function project(t: TestContext, gateway: string, variables = names): string {
  const stack = `name: shop
variables: { API: "\${{api.PUBLIC_URL}}/v1" }
services:
  api: { source: app, start: node server.js, port: 3001 }
  web:
    source: app
    start: node server.js
    port: 3000
    build: printf '%s' "$API $HOSTS $RAILWAY_PUBLIC_DOMAIN $RAILWAY_ENVIRONMENT" > built
    buildVariables: ${variables}
    variables: { API: "\${{shared.API}}", HOSTS: "\${{api.PUBLIC_DOMAIN}},\${{PUBLIC_DOMAIN}}", AT: "\${{api.URL}}" }
gateway: { ${gateway}routes: [{ path: /api/*, to: api }, { path: /*, to: web }] }
`;
  return scratch(t, { 'stack.yaml': stack, 'app/server.js': '' });
}

const load = (root: string) => loadStack(join(root, 'stack.yaml'));

test('a build has the public addresses that its environment has', async (t) => {
  const root = project(t, '');
  const targets = await standardTargets();
  const values = targets.map((target) => {
    const web = codeNode(buildGraph(load(root), 'dev', { target }), 'web');
    return [target.name, Object.values(web.buildValues ?? {}).join(' ')];
  });
  const shown = (host: string) => `http://${host}/v1 ${host},${host} ${host} dev`;
  assert.deepEqual(Object.fromEntries(values), {
    process: shown(`${loopbackAddress(root, 'dev')}:8080`),
    docker: shown('127.0.0.1:8080'),
    kubernetes: shown('gateway.shop-dev.svc:8080'),
  });
});

test('a build has the host of a service that has one of its own', async (t) => {
  const root = project(t, '');
  const file = join(root, 'stack.yaml');
  const hosted = readFileSync(file, 'utf8').replace(
    '{ path: /api/*, to',
    '{ host: api.example.com, path: /*, to',
  );
  writeFileSync(file, hosted);
  const targets = await standardTargets();
  const values = targets.map((target) => {
    const web = codeNode(buildGraph(load(root), 'dev', { target }), 'web');
    return [target.name, web.buildValues?.API];
  });
  assert.deepEqual(Object.fromEntries(values), {
    process: 'http://api.localhost:8080/v1',
    docker: 'http://api.localhost:8080/v1',
    kubernetes: 'https://api.example.com/v1',
  });
});

test('the artifact of a build is another one with another domain', async (t) => {
  const target = await chooseTarget({ name: 'prod', target: 'kubernetes' });
  const builtWith = async (domain: string) => {
    const root = project(t, `domain: ${domain}, `);
    const graph = buildGraph(load(root), 'prod', { target });
    // Without containers, the command runs here.
    const options = {
      root,
      preview: false,
      containers: undefined,
      progress: () => undefined,
      pins: undefined,
    };
    const { web, api } = await buildRelease({ ...graph, gateway: undefined }, options);
    return { built: readFileSync(join(web?.path ?? '', 'built'), 'utf8'), web: web?.hash, api: api?.hash };
  };
  const one = await builtWith('one.example');
  const two = await builtWith('two.example');
  assert.equal(one.built, 'https://one.example/v1 one.example,one.example one.example prod');
  assert.equal(two.built, one.built.replaceAll('one', 'two'));
  assert.notEqual(two.web, one.web);
  assert.equal(two.api, one.api);
});

test('a value that only a deployment knows is refused at its place', (t) => {
  const root = project(t, '', '[AT, API]');
  const target = { name: 'nomad', unsupported: () => [], publicScheme: () => 'http' as const };
  const problems = problemsOf(root, () => buildGraph(load(root), 'test', { target }));
  assert.deepEqual(problems, [
    'stack.yaml:10:22  services.web.buildVariables.0: "AT" contains ${{api.URL}}, which only a deployment knows; a build accepts plain values and public addresses, such as PUBLIC_URL',
    'stack.yaml:10:26  services.web.buildVariables.1: "API" contains ${{api.PUBLIC_URL}}, which the target nomad knows only at deployment; a build accepts plain values',
  ]);
});
