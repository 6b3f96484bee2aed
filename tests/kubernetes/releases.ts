import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksPlugin } from '../../tools/testing/plugins.ts';
import type { Place, ReleaseTarget } from '../releases/target.ts';
import { kubectl, lacksCluster, livePods, loadImages } from './cluster.ts';
import { admitThisMachine, urlOfService } from './inside.ts';
import { openRegistry } from './registry.ts';

interface Pod {
  status: { containerStatuses?: { imageID: string }[] };
}

export const clusterReleases: ReleaseTarget = {
  name: 'kubernetes',
  lack: lacksPlugin('kubernetes') ?? lacksPlugin('docker') ?? (await lacksCluster()) ?? lacksDaemon(),
  plugins: ['kubernetes', 'docker'],
  artifacts: ['api'],
  async admit(host) {
    await loadImages(['node:24-slim']);
    return openRegistry(host);
  },
  async images(place) {
    const selector = '--selector=app.kubernetes.io/component=service';
    const pods = await livePods<Pod>(`--namespace=${namespaceOf(place)}`, selector);
    return pods.flatMap(({ status }) => status.containerStatuses?.map(({ imageID }) => imageID) ?? []);
  },
  async url(place) {
    const namespace = namespaceOf(place);
    await admitThisMachine(namespace);
    return urlOfService(namespace, 'api', place.port);
  },
  async left(place) {
    const found = await kubectl(
      'get',
      'namespace',
      namespaceOf(place),
      '--ignore-not-found',
      '--output=name',
    );
    return found.split('\n').filter((line) => line !== '');
  },
  close: async (place) => {
    await kubectl('delete', 'namespace', namespaceOf(place), '--ignore-not-found', '--wait=false');
  },
};

const namespaceOf = ({ stack, environment }: Place) => `${stack}-${environment}`;
