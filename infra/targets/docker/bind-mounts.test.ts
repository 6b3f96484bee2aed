import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { fillPlan } from '../../delivery/render/filled.ts';
import { noSecrets } from '../../delivery/render/secrets.ts';
import { buildGraph } from '../../graph/graph.ts';
import { ResourceList } from '../../plan/resource.ts';
import { loadStack } from '../../stack/load.ts';
import { scratch } from '../../stack/scratch.ts';
import { checkBindMounts } from './bind-mounts.ts';
import { planDocker } from './index.ts';
import { createOptions } from './kinds/run-container.ts';
import type { RunOnceInputs } from './kinds/inputs.ts';
import { dockerBenchmark, dockerViolations, type ComposeFile } from './policy.ts';
import { renderCompose } from './render/compose.ts';

const stack = `
name: shop
services:
  web:
    image: 'web:1'
    bindMounts:
      pages: { source: content/pages, path: /srv/pages, readOnly: true }
      uploads: { source: content/uploads, path: /srv/uploads }
  job:
    image: 'job:1'
    restart: never
    bindMounts: { uploads: { source: content/uploads, path: /in } }
`;

function recorded(t: TestContext) {
  const root = scratch(t, { 'stack.yaml': stack, 'content/pages/': '', 'content/uploads/': '' });
  const graph = buildGraph(loadStack(join(root, 'stack.yaml')), 'test');
  const resources = new ResourceList();
  const context = { root, environment: 'test', keyGeneration: 1, dockerPool: undefined, resources };
  const { values } = planDocker(graph, {}, context);
  return { root, graph, values, resources: fillPlan(resources.all, noSecrets) };
}

test('containers mount the folders of the repository, and the variable has the path in the container', (t) => {
  const { root, values, resources } = recorded(t);
  const [web] = resources.filter(({ type }) => type === 'docker:index/container:Container');
  assert.deepEqual(web?.values['mounts'], [
    { type: 'bind', source: join(root, 'content/pages'), target: '/srv/pages', readOnly: true },
    { type: 'bind', source: join(root, 'content/uploads'), target: '/srv/uploads' },
  ]);
  assert.equal(values['web']?.['UPLOADS_MOUNT_PATH'], '/srv/uploads');
  const [job] = resources.filter(({ type }) => type === 'railhead:docker:RunOnce');
  const options = createOptions(job?.values as unknown as RunOnceInputs);
  const mounted = `type=bind,source=${join(root, 'content/uploads')},target=/in`;
  assert.equal(options[options.indexOf('--mount') + 1], mounted);
});

test('a Compose file has paths relative to its folder, and creates no missing folder', (t) => {
  const { root, resources } = recorded(t);
  const mounts = (folder: string) => {
    const text = renderCompose(resources, false, folder).get('compose.yaml') ?? '';
    assert.ok(!text.includes(root));
    const { services } = parse(text) as ComposeFile;
    return services['web-1']?.volumes;
  };
  const mount = (source: string, name: string, isReadOnly: boolean) => ({
    ...{ type: 'bind', source: `${source}/${name}`, target: `/srv/${name}`, read_only: isReadOnly },
    bind: { create_host_path: false },
  });
  assert.deepEqual(mounts(root), [mount('./content', 'pages', true), mount('./content', 'uploads', false)]);
  assert.deepEqual(mounts(join(root, 'out/docker')), [
    mount('../../content', 'pages', true),
    mount('../../content', 'uploads', false),
  ]);
});

test('the benchmark accepts a mounted folder as the stack file declares it, and no other one', (t) => {
  const { root, graph, resources } = recorded(t);
  assert.deepEqual(dockerViolations(resources, graph), []);
  const file = parse(renderCompose(resources, false, root).get('compose.yaml') ?? '') as ComposeFile;
  const problem = '5.6, 5.32: mounts a folder or socket of the host';
  const pages = { source: 'content/pages', path: '/srv/pages', readOnly: true };
  const uploads = { source: 'content/uploads', path: '/srv/uploads' };
  const found = (bindMounts: Record<string, typeof pages | typeof uploads>) =>
    dockerBenchmark({ services: { web: file.services['web-1']! } }, () => ({ bindMounts })).length;
  assert.deepEqual(
    dockerBenchmark({ services: { web: file.services['web-1']! } }).map((violation) => violation.problem),
    [problem],
  );
  assert.equal(found({ pages, uploads }), 0);
  assert.equal(found({ pages }), 1);
  assert.equal(found({ pages: { ...pages, source: 'other' }, uploads }), 1);
  assert.equal(found({ pages, uploads: { ...uploads, path: '/srv' } }), 1);
  assert.equal(found({ pages, uploads: { ...uploads, readOnly: true } }), 1);
});

test('a daemon on another machine is refused, since it has no folder of this one', (t) => {
  const { graph } = recorded(t);
  for (const own of [undefined, '', 'unix:///run/user/1000/docker.sock'])
    assert.deepEqual(checkBindMounts(graph, own), [
      { name: 'Bind mounts', found: 'the daemon runs on this machine' },
    ]);
  const [check] = checkBindMounts(graph, 'ssh://build');
  assert.equal(check?.mend, 'unset DOCKER_HOST');
  assert.match(
    check?.found ?? '',
    /^services\.job\.bindMounts, services\.web\.bindMounts: .* ssh:\/\/build /,
  );
  assert.deepEqual(checkBindMounts({ ...graph, services: [] }, 'ssh://build'), []);
});
