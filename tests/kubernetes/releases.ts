import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksPlugin } from '../../tools/testing/plugins.ts';
import type { Place, ReleaseTarget } from '../releases/target.ts';
import { getObjects, kubectl, lacksCluster, livePods, loadImages } from './cluster.ts';
import { admitThisMachine, urlOfService } from './inside.ts';
import { openRegistry } from './registry.ts';

interface Pod {
  status: { containerStatuses?: { imageID: string }[] };
}

interface Volume {
  metadata: { name: string };
  spec: { claimRef?: { namespace: string } };
}

export const clusterReleases: ReleaseTarget = {
  name: 'kubernetes',
  lack: lacksPlugin('kubernetes') ?? lacksPlugin('docker') ?? (await lacksCluster()) ?? lacksDaemon(),
  plugins: ['kubernetes', 'docker'],
  artifacts: ['api'],
  async admit(host) {
    await loadImages(['node:24-slim', 'redis:7']);
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
    const namespace = namespaceOf(place);
    const all = (await kubectl('get', 'namespaces', '--output=name')).trim().split('\n');
    const volumes = await getObjects<Volume>('persistentvolumes');
    const own = volumes.filter(({ spec }) => spec.claimRef?.namespace === namespace);
    return [
      ...all.filter((name) => name === `namespace/${namespace}`),
      ...own.map(({ metadata }) => `persistentvolume/${metadata.name}`),
    ];
  },
  close: async (place) => {
    await kubectl('delete', 'namespace', namespaceOf(place), '--ignore-not-found', '--wait=false');
  },
};

const namespaceOf = ({ stack, environment }: Place) => `${stack}-${environment}`;
