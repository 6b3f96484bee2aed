import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { rebuildsOnlyWhatChanges, runtimeStack } from '../../infra/targets/testing/runtimes.ts';
import { succeed } from '../../infra/targets/testing/system.ts';
import { linkPlugin } from '../../tools/testing/plugins.ts';
import { unless } from '../../tools/testing/unless.ts';
import { lacksBases, makeBases } from '../docker/bases.ts';
import { livePods } from './cluster.ts';
import { lack } from './deployed.ts';
import { urlOfService } from './inside.ts';
import { createClusterSystem } from './system.ts';

interface Pod {
  metadata: { labels: Record<string, string> };
  spec: { containers: { image: string }[] };
}

unless(lack ?? lacksDaemon() ?? lacksBases()).test(
  'Python, Go and static files run in pods, each built and rolled out only when its own files change',
  async (t) => {
    const cluster = await createClusterSystem('runtimes');
    t.onTestFinished(() => cluster.close());
    const { system } = cluster;
    linkPlugin(system.root, 'kubernetes');
    const port = 8080;
    system.write('stacks/test.yaml', runtimeStack('runtimes', port, { images: makeBases() }));
    const loaded = new Set<string>();
    const selector = '--selector=app.kubernetes.io/component=service';
    await rebuildsOnlyWhatChanges({
      system,
      up: async () => {
        const images = await cluster.loadImages();
        const built = images.filter((image) => !loaded.has(image));
        await succeed(system.up());
        for (const image of built) loaded.add(image);
        return built
          .map((image) => image.replace(/^runtimes\/|:.*$/g, ''))
          .filter((name) => name !== 'gateway');
      },
      url: () => urlOfService(cluster.namespace, 'gateway', port),
      running: async () => {
        const pods = await livePods<Pod>(cluster.inNamespace, selector);
        return Object.fromEntries(
          pods.map(({ metadata, spec }): [string, string] => [
            metadata.labels['app.kubernetes.io/name'] ?? '',
            spec.containers[0]?.image ?? '',
          ]),
        );
      },
    });
  },
);
