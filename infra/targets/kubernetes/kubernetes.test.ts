import { getObjects, kubectl } from '../../../tests/kubernetes/cluster.ts';
import { lack, loadBuiltImages } from '../../../tests/kubernetes/deployed.ts';
import { admitThisMachine, testPolicy, urlOfService } from '../../../tests/kubernetes/inside.ts';
import { describeTarget } from '../testing/contract.ts';
import { ports } from '../testing/services.ts';
import { environment } from '../testing/system.ts';

const namespace = `contract-${environment}`;
const inNamespace = `--namespace=${namespace}`;

const publishedOfFirst = 'metadata.name=first-published';

interface Pod {
  metadata: { name: string; deletionTimestamp?: string };
}
interface Node {
  status: { addresses: { type: string; address: string }[] };
}
interface Service {
  spec: { ports: { nodePort: number }[] };
}
interface Job {
  metadata: { ownerReferences?: { name: string }[]; annotations?: Record<string, string> };
  status: { completionTime?: string };
}

describeTarget('kubernetes', {
  skip: lack,
  prepare: loadBuiltImages,
  mountsFiles: true,
  restart: 'always',
  refreshFlags: ['--refresh'],
  url: async (_, service) => {
    await admitThisMachine(namespace);
    return urlOfService(namespace, service, ports[service]);
  },
  published: async () => {
    // The node ports of the load balancer stand in for it. The policy of these tests must not open them.
    await kubectl('delete', 'networkpolicy', testPolicy, inNamespace, '--ignore-not-found');
    const [node] = await getObjects<Node>('nodes');
    const host = node?.status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
    const [published] = await getObjects<Service>(
      'services',
      inNamespace,
      `--field-selector=${publishedOfFirst}`,
    );
    const { hostname } = new URL(await urlOfService(namespace, 'first', ports.first));
    return {
      open: { host, port: published?.spec.ports[0]?.nodePort ?? 0 },
      closed: { host: hostname, port: ports.first },
    };
  },
  instances: async (_, service) => {
    const labels = `app.kubernetes.io/name=${service},app.kubernetes.io/component=service`;
    const pods = await getObjects<Pod>('pods', inNamespace, `--selector=${labels}`);
    return pods
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name)
      .toSorted();
  },
  remove: async (_, service) => {
    await kubectl('delete', 'deployment', service, inNamespace);
  },
  tick: async (_, service) => {
    // The CronJob controller prevents overlapping runs; for Jobs created by hand, this test does.
    const jobs = await getObjects<Job>('jobs', inNamespace, `--selector=app.kubernetes.io/name=${service}`);
    if (jobs.some(({ status }) => status.completionTime === undefined)) return;
    await kubectl('create', 'job', inNamespace, `--from=cronjob/${service}`, `${service}-${Date.now()}`);
  },
});
