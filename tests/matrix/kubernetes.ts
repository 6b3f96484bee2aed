import { join } from 'node:path';
import { docker, lacksDaemon, removeLeftovers } from '../../infra/targets/docker/testing/daemon.ts';
import { environment, lacksEngine, type TestSystem } from '../../infra/targets/testing/system.ts';
import { capture } from '../../tools/command.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { getObjects, kubectl, lacksCluster, loadImages } from '../kubernetes/cluster.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { describeMatrix, type Next } from './matrix.ts';
import { again, build, killed, preDeploy, refusedScaler, rollout, type Step } from './steps.ts';
import { stackOf } from './stack.ts';

const stack = stackOf('kubernetes');
const namespace = `${stack}-${environment}`;
const inNamespace = `--namespace=${namespace}`;
const skip = (await lacksEngine()) ?? lacksPlugin('kubernetes') ?? lacksDaemon() ?? (await lacksCluster());

/** An operator's policy forbids a scaler. */
const scaler: Step = {
  ...refusedScaler,
  isRefused: false,
  ...forbidden('autoscaling', 'horizontalpodautoscalers', 'api'),
};

/** An operator's policy forbids to change the gateway; its Service may get the other port. */
const gateway: Step = {
  name: 'gateway',
  next(old) {
    const port = (old.changes.gateway?.port ?? 8080) + 1;
    return { ...old, changes: { ...old.changes, gateway: { port, hosts: [`port-${port}.example`] } } };
  },
  ...forbidden('apps', 'deployments', 'gateway'),
};

/** The image of the data server is on no node, and no registry has it. */
let images = 0;
const imageOf = (number: number) => `${stack}/redis:${number}`;
const data: Step = {
  name: 'data',
  next: (old) => ({ ...old, changes: { ...old.changes, images: { redis: imageOf(++images) } } }),
  break: () => Promise.resolve(),
  async repair() {
    docker('tag', 'redis:7', imageOf(images));
    await loadImages([imageOf(images)]);
  },
  says: [/store did not get ready: pod store-0 cannot pull its image/],
};

/** Pulumi is killed while it waits for a rollout, or makes a Job. */
const interrupted = killed('kubernetes:Rollout\\b|batch/v1:Job');

/** What a deployed stack is in its namespace. */
const expected = [
  'cronjob', // none
  'deployment api gateway web',
  'horizontalpodautoscaler',
  'job api',
  'service api gateway store web',
  'statefulset store',
];

/** Each half has a system of its own, so that the deadlines of one half pass while the other half works. */
const halves = { code: [build, preDeploy, rollout], platform: [scaler, gateway, data, interrupted] };

/** Describes the cells of one half of the steps. */
export function describeKubernetes(half: keyof typeof halves): void {
  describeMatrix('kubernetes', {
    skip,
    prepare,
    cells: halves[half].map((step) => ({ step, next: nextOf(step) })),
    url: async () => {
      const [service] = await getObjects<{ spec: { clusterIP: string; ports: { port: number }[] } }>(
        'services',
        inNamespace,
        '--field-selector=metadata.name=gateway',
      );
      if (service === undefined) throw new Error('there is no gateway');
      return `http://${service.spec.clusterIP}:${service.spec.ports[0]!.port}`;
    },
    wrong: async () => {
      const found = await standing();
      const scaled = found.map((line) =>
        line === 'horizontalpodautoscaler api' ? line.split(' ')[0]! : line,
      );
      return scaled.filter((line) => !expected.includes(line));
    },
    left: async () => (await standing()).filter((line) => line.includes(' ')),
    async clean() {
      removeLeftovers({ stack, environment });
      await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    },
  });
}

/** Those two leave the most behind: pods of two versions, and a server without its image. */
function nextOf({ name }: Step): Next[] {
  return ['rollout', 'data'].includes(name) ? ['revert', 'retry', 'down'] : ['revert', 'retry'];
}

/** `deployment api gateway web`: a line for each kind of object, by the services. */
async function standing(): Promise<string[]> {
  const kinds = expected.map((line) => line.split(' ')[0]!);
  return Promise.all(
    kinds.map(async (kind) => {
      const objects = await getObjects<{ metadata: { labels: Record<string, string> } }>(kind, inNamespace);
      const services = objects.map(({ metadata }) => metadata.labels['app.kubernetes.io/name']!);
      return [kind, ...services.toSorted()].join(' ');
    }),
  );
}

/** What a person does before `up` where no registry is. A build that fails is told by `up`. */
async function prepare({ root }: TestSystem): Promise<void> {
  linkPlugin(root, 'kubernetes');
  const args = ['dist/railhead.js', 'images', '--stack', environment];
  const { code, stdout } = await capture('node', args, { cwd: root });
  if (code === 0) await loadImages(stdout.trim().split('\n'));
}

function forbidden(group: string, resource: string, name: string): Pick<Step, 'break' | 'repair' | 'says'> {
  const policy = `${namespace}-${resource}`;
  const metadata = { name: policy };
  const match = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    resourceRules: [
      { apiGroups: [group], apiVersions: ['*'], resources: [resource], operations: ['CREATE', 'UPDATE'] },
    ],
  };
  const kind = 'ValidatingAdmissionPolicy';
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const expression = `object.metadata.name != '${name}'`;
  const message = `the operator forbids ${resource}`;
  return {
    async break(system) {
      const validations = [{ expression, message }];
      system.write('policy.yaml', {
        apiVersion,
        kind,
        metadata,
        spec: { matchConstraints: match, validations },
      });
      const binding = { policyName: policy, validationActions: ['Deny'] };
      system.write('binding.yaml', { apiVersion, kind: `${kind}Binding`, metadata, spec: binding });
      for (const file of ['policy.yaml', 'binding.yaml']) {
        await kubectl('apply', '--server-side', `--filename=${join(system.root, file)}`);
      }
      // The API server learns of it a moment later.
      const probe = { metadata: { name, namespace, annotations: { probe: 'sent' } }, ...probes[resource] };
      system.write('probe.yaml', probe);
      const apply = ['apply', '--server-side', '--force-conflicts', '--dry-run=server'];
      await eventually(() =>
        kubectl(...apply, `--filename=${join(system.root, 'probe.yaml')}`).then(
          () => false,
          (error: Error) => {
            if (!error.message.includes(message)) throw error;
            return true;
          },
        ),
      );
    },
    async repair() {
      for (const made of [`${kind}Binding`, kind])
        await kubectl('delete', made, policy, '--ignore-not-found');
    },
    says: [new RegExp(message), again],
  };
}

/** The least that a server takes for an object of the kind. */
const probes: Record<string, object> = {
  horizontalpodautoscalers: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' } },
  },
  deployments: { apiVersion: 'apps/v1', kind: 'Deployment' },
};
