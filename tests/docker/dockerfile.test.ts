import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ensureImage } from '../../infra/artifacts/docker.ts';
import { buildRelease } from '../../infra/artifacts/release.ts';
import { buildGraph } from '../../infra/graph/graph.ts';
import { loadStack } from '../../infra/stack/load.ts';
import { scratch } from '../../infra/stack/scratch.ts';
import { docker, lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { unless } from '../../tools/testing/unless.ts';

const dockerfile = `FROM scratch AS runtime
ARG LEVEL
LABEL level=$LEVEL
COPY libs/shared.txt /shared.txt
FROM scratch
COPY docs/ignored.md /
`;

unless(lacksDaemon()).test(
  'services with one Dockerfile share an image of its stage, context and arguments',
  async (t) => {
    const build = { path: 'api/Dockerfile', context: '.', target: 'runtime', args: { LEVEL: 3 } };
    const service = { source: 'api', dockerfile: build };
    const services = { api: service, worker: { ...service, start: '/worker' } };
    const root = scratch(t, {
      'api/Dockerfile': dockerfile,
      'libs/shared.txt': '',
      'docs/ignored.md': '',
      '.dockerignore': 'docs\nstack.yaml\n',
      'stack.yaml': JSON.stringify({ name: 'shop', services }),
    });
    const graph = buildGraph(loadStack(join(root, 'stack.yaml')), 'test');
    const options = { root, containers: [], preview: false, progress: () => {}, pins: undefined };
    const images = Object.values(await buildRelease(graph, options)).flatMap(({ image }) => image ?? []);
    const reference = images[0]!.reference;
    t.onTestFinished(() => void docker('rmi', '--force', reference));
    const built: string[] = [];
    for (const image of images) await ensureImage(root, image, (line) => built.push(line));
    assert.deepEqual(built, [`Building ${reference}`]);
    assert.equal(docker('inspect', '--format', '{{.Config.Labels.level}}', reference).trim(), '3');
  },
);
