import { usualCapabilities } from '../../stack/container.ts';
import { runsOnce, type CodeService } from '../../stack/schema.ts';
import type { CodeSupport, StackSupport } from '../shared/support.ts';
import {
  externalFields,
  honouredHealth,
  onlyPreviews,
  withoutShare,
  onlyRollbacks,
  honouredImages,
  workerFields,
} from '../shared/shared-fields.ts';
import { rolloutByPods } from './canary/fields.ts';
import { scalerOf } from './scaling.ts';

const resources = {
  cpu: 'honoured',
  memory: 'honoured',
  requests: { cpu: 'honoured', memory: 'honoured' },
} as const;

const kubernetes = {
  annotations: 'honoured',
  labels: 'honoured',
  serviceAccount: { annotations: 'honoured' },
  nodeSelector: 'honoured',
  tolerations: {
    key: 'honoured',
    operator: 'honoured',
    value: 'honoured',
    effect: 'honoured',
    tolerationSeconds: 'honoured',
  },
  priorityClass: 'honoured',
  storageClass: 'honoured',
} as const;

const code: CodeSupport = {
  port: 'honoured',
  ports: 'honoured',
  publish: { honoured: 'by a Service of type LoadBalancer' },
  preDeploy: {
    ...{ command: 'honoured', variables: 'honoured', migrations: 'honoured' },
    backwardCompatible: onlyRollbacks,
  },
  replicas: {
    min: {
      honoured: '0 only with `queue`',
      refuse: (min, { replicas }: CodeService) =>
        min === 0 && scalerOf(replicas) !== 'keda'
          ? 'only the length of a queue can start a service with 0 replicas again; write 1, or add "queue"'
          : undefined,
    },
    max: 'honoured',
    cpu: 'honoured',
    memory: 'honoured',
    queue: { name: 'honoured', size: 'honoured', from: 'honoured' },
  },
  resources: { ...resources, gpu: 'honoured' },
  health: honouredHealth,
  minReady: 'honoured',
  rollout: rolloutByPods,
  cron: { schedule: 'honoured', timezone: 'honoured', retries: 'honoured' },
  restart: {
    policy: {
      honoured: 'always; `never` for cron, and for what runs once',
      refuse: (policy, config: CodeService) =>
        policy === 'never' && config.cron === undefined && !runsOnce(config)
          ? 'Kubernetes restarts every container that ends, with growing pauses; write on-failure or always, or leave out "port" and "health" for a service that runs once'
          : undefined,
    },
    maxRetries: { honoured: 'for cron; others restart without end' },
  },
  dependsOn: 'honoured',
  drain: 'honoured',
  volume: { path: 'honoured', size: 'honoured' },
  volumes: 'honoured',
  bindMounts: {
    refused: 'pods run on nodes that do not have the folder',
    instead:
      'write `bindMounts: null` in the overlay of this environment, and `files` for single files, `volumes` for data, or copy the folder into the image',
  },
  files: { path: 'honoured', source: 'honoured', content: 'honoured' },
  metrics: 'honoured',
  egress: { to: 'honoured', port: 'honoured' },
  ...{ user: 'honoured', readOnly: 'honoured', tmpfs: { path: 'honoured', size: 'honoured' } },
  stopSignal: {
    refused: 'Kubernetes sends the signal that the image sets',
    instead: 'write STOPSIGNAL in its Dockerfile, and `stopSignal: null` in the overlay of this environment',
  },
  shmSize: 'honoured',
  ulimits: { refused: 'a pod has the limits that the container runtime of its node sets' },
  capabilities: {
    add: {
      honoured: 'those of Pod Security `baseline`',
      refuse: (names: string[]) => {
        const others = names.filter((name) => !usualCapabilities.has(name));
        if (others.length === 0) return undefined;
        return `Pod Security baseline does not allow ${others.join(', ')}; run what needs it outside of this namespace`;
      },
    },
  },
  kubernetes,
  variables: 'honoured',
};

/** What a Kubernetes cluster honours of a stack file. */
export const kubernetesFields: StackSupport = {
  name: 'honoured',
  variables: 'honoured',
  services: {
    source: {
      ...code,
      source: 'honoured',
      runtime: 'honoured',
      build: 'honoured',
      start: 'honoured',
      dockerfile: { path: 'honoured', context: 'honoured', target: 'honoured', args: 'honoured' },
      entrypoint: 'honoured',
      command: 'honoured',
      buildVariables: 'honoured',
      buildSecrets: 'honoured',
    },
    image: { ...code, image: 'honoured', start: 'honoured', entrypoint: 'honoured', command: 'honoured' },
    data: {
      version: 'honoured',
      image: 'honoured',
      storage: 'honoured',
      port: 'honoured',
      resources,
      connections: 'honoured',
      settings: 'honoured',
      kubernetes,
      buckets: 'honoured',
      pooler: 'honoured',
      external: { ...externalFields, network: 'honoured' },
      extensions: 'honoured',
    },
  },
  gateway: {
    provider: 'honoured',
    cloudflare: { account: 'honoured', zone: 'honoured', ownsZone: 'honoured' },
    port: 'honoured',
    domain: 'honoured',
    ingress: {
      class: 'honoured',
      from: 'honoured',
      issuer: 'honoured',
      secret: 'honoured',
      annotations: 'honoured',
    },
    httpRoute: {
      gateway: 'honoured',
      namespace: 'honoured',
      listener: 'honoured',
      from: 'honoured',
      annotations: 'honoured',
    },
    ...workerFields,
  },
  volumes: { honoured: 'by a storage class with ReadWriteMany, or on one node' },
  images: honouredImages,
  imagePullSecrets: { registry: 'honoured', username: 'honoured', password: 'honoured' },
  kubernetes: { storageClass: 'honoured' },
  observability: 'honoured',
  pullRequests: withoutShare('its NetworkPolicies admit services of its own namespace only'),
  pricing: onlyPreviews,
};
