import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { putOnPath } from '../../tools/testing/on-path.ts';
import { buildRelease } from '../artifacts/release.ts';
import { inFolder } from '../common/folders.ts';
import { fillPlan } from '../delivery/render/filled.ts';
import { noSecrets } from '../delivery/render/secrets.ts';
import { buildGraph } from '../graph/graph.ts';
import { ResourceList } from '../plan/resource.ts';
import { formatRelease } from '../releases/format.ts';
import { loadRelease } from '../releases/load.ts';
import { loadStack } from '../stack/load.ts';
import { scratch } from '../stack/scratch.ts';
import { folderStore } from '../store/folder-store.ts';
import { dockerTarget } from './docker/target.ts';
import { kubernetesTarget } from './kubernetes/target.ts';
import { checkPinnedImages } from './shared/pinned-images.ts';
import type { Target } from './shared/target.ts';

const image = (name: string) => `ghcr.io/acme/shop/${name}@sha256:${'ab'.repeat(32)}`;

/** Makes a project with a release file that names an image for each of `names`. */
function project(t: TestContext, names: readonly string[], rest = '', imageOf = image): string {
  const services =
    '{ api: { source: app, preDeploy: node migrate.js }, web: { source: app, cron: "0 3 * * *" } }';
  const root = scratch(t, {
    'app/main.ts': '',
    'app/migrate.ts': '',
    'stack.yaml': `name: shop\nservices: ${services}\n${rest}`,
  });
  mkdirSync(join(root, 'releases'));
  const artifacts = names.map((name) => [name, { hash: '0123456789abcdef', image: imageOf(name) }] as const);
  const text = formatRelease({
    version: 1,
    environment: 'dev',
    stack: { file: 'stack.yaml' },
    time: '2026-11-29T06:18:32Z',
    by: 'Ada',
    artifacts: Object.fromEntries(artifacts),
  });
  writeFileSync(join(root, 'releases/test.yaml'), text);
  return root;
}

for (const [target, names, rest] of [
  [dockerTarget, ['api', 'web', 'balancer'], ''],
  [kubernetesTarget, ['api', 'web'], 'images: { registry: ghcr.io/acme }'],
] as [Target, string[], string][]) {
  test(`${target.name} runs the images of a release file by digest, and builds none`, async (t) => {
    const root = project(t, names, rest);
    const graph = buildGraph(loadStack(join(root, 'stack.yaml')), 'test');
    const pinned = inFolder(root, () => loadRelease('test', root));
    const release = await buildRelease(graph, {
      root,
      preview: false,
      containers: target.containers,
      progress: assert.fail,
      pins: pinned && { ...pinned, store: folderStore(join(root, 'store')) },
    });
    const resources = new ResourceList();
    const context = { root, environment: 'test', keyGeneration: 1, dockerPool: undefined, resources };
    (await target.load())(graph, release, context);
    const planned = fillPlan(resources.all, noSecrets);
    const text = JSON.stringify(planned);
    for (const name of ['api', 'web'])
      assert.ok(text.includes(`"image":${JSON.stringify(image(name))}`), name);
    assert.deepEqual(
      planned.filter(({ type }) => /docker:index\/image:Image|LocalImage/.test(type)),
      [],
    );
  });
}

test('an image that the registry does not have is found before anything changes', async (t) => {
  const root = project(t, ['api', 'web', 'local', 'private']);
  // `docker image inspect` knows one image, and the registry two.
  const docker = `#!/bin/sh
case "$1 $3" in
  "image "*/local@*|"manifest "*/api@*) exit 0;;
  *private*) echo 'unauthorized: authentication required' >&2; exit 1;;
esac
echo "no such manifest: $3" >&2; exit 1
`;
  putOnPath(t, root, 'docker', docker);
  const check = (isLocal: boolean) =>
    inFolder(root, () => checkPinnedImages({ root, environment: 'test' }, isLocal));
  const missing = (name: string) => ({
    name: 'Image',
    found: `the registry does not have ${image(name)}`,
    mend: `docker pull ${image(name)}`,
  });
  const unknown = {
    name: 'Image',
    found: `${image('private')} not checked: unauthorized: authentication required`,
  };
  const found = { name: 'Image', found: image('api') };
  const local = { name: 'Image', found: image('local') };
  assert.deepEqual(await check(true), [found, local, unknown, missing('web')]);
  assert.deepEqual(await check(false), [found, missing('local'), unknown, missing('web')]);
});

test('a registry of this machine is asked without TLS, as Docker uses it', async (t) => {
  const local = `127.0.0.1:5000/api@sha256:${'ab'.repeat(32)}`;
  const root = project(t, ['api'], '', () => local);
  putOnPath(t, root, 'docker', '#!/bin/sh\n[ "$*" = "manifest inspect --insecure $4" ]\n');
  const checks = await inFolder(root, () => checkPinnedImages({ root, environment: 'test' }, false));
  assert.deepEqual(checks, [{ name: 'Image', found: local }]);
});
