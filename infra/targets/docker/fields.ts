import { isNodeService } from '../../stack/schema.ts';
import type { CodeSupport, StackSupport } from '../shared/support.ts';
import {
  externalFields,
  honouredHealth,
  fixedReplicas,
  gatewayOfOneMachine,
  onlyKubernetes,
  onlyPreviews,
  onlyRollbacks,
  withoutShare,
  rolloutByWeights,
  honouredImages,
} from '../shared/shared-fields.ts';

const openToInternet = 'a network of Docker is closed or open to the internet';
const noSize = { irrelevant: 'a volume of Docker has no size' };
const resources = {
  cpu: 'honoured',
  memory: 'honoured',
  requests: { irrelevant: 'a daemon reserves nothing' },
} as const;

const code: CodeSupport = {
  port: 'honoured',
  ports: { honoured: 'a connection to a service reaches all its ports' },
  publish: { honoured: 'on 127.0.0.1' },
  preDeploy: {
    ...{ command: 'honoured', variables: 'honoured', migrations: 'honoured' },
    backwardCompatible: onlyRollbacks,
  },
  replicas: fixedReplicas('Docker does not scale by load'),
  resources: { ...resources, gpu: 'honoured' },
  health: {
    ...honouredHealth,
    command: { honoured: 'at the start of a replica; later the balancer asks its port for a connection' },
  },
  minReady: 'honoured',
  rollout: rolloutByWeights,
  cron: {
    honoured: 'of a `source` of Node without a "dockerfile"',
    refuse: (_, config) =>
      isNodeService(config)
        ? undefined
        : 'on Docker, a program of Node in the image keeps the schedule, and this image has no Node; use the target kubernetes, or a `source` of Node without a "dockerfile", or leave the service out with `enabled: false` in the overlay of this environment',
  },
  restart: { policy: 'honoured', maxRetries: 'honoured' },
  dependsOn: 'honoured',
  drain: 'honoured',
  volume: { path: 'honoured', size: noSize },
  volumes: { honoured: 'without a size' },
  bindMounts: { honoured: 'of a daemon on this machine' },
  files: { path: 'honoured', source: 'honoured', content: 'honoured' },
  metrics: { irrelevant: 'no Prometheus reads it' },
  egress: {
    to: {
      honoured: '`internet`',
      refuse: (to) => (to === 'internet' ? undefined : `${openToInternet}; write "internet"`),
    },
    port: { refused: 'a network of Docker that is open is so for all ports', instead: 'leave "port" out' },
  },
  ...{ user: 'honoured', readOnly: 'honoured', tmpfs: { path: 'honoured', size: 'honoured' } },
  ...{ stopSignal: 'honoured', shmSize: 'honoured', ulimits: 'honoured', capabilities: { add: 'honoured' } },
  kubernetes: onlyKubernetes,
  variables: 'honoured',
};

/** What one Docker daemon honours of a stack file. */
export const dockerFields: StackSupport = {
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
      storage: noSize,
      port: 'honoured',
      resources,
      connections: 'honoured',
      settings: 'honoured',
      kubernetes: onlyKubernetes,
      buckets: 'honoured',
      pooler: 'honoured',
      extensions: 'honoured',
      external: {
        ...externalFields,
        network: { refused: openToInternet },
      },
    },
  },
  volumes: { honoured: 'without a size and a storage class' },
  gateway: gatewayOfOneMachine('containers', 'containers of one machine have no public domain'),
  images: honouredImages,
  imagePullSecrets: {
    refused: 'a Docker daemon has no Secrets',
    instead:
      'run `docker login` and `docker pull` there, then write `imagePullSecrets: null` in the overlay of this environment',
  },
  kubernetes: onlyKubernetes,
  observability: { refused: 'there is no Prometheus operator on Docker' },
  pullRequests: withoutShare(
    'each connection has a network of its own, which containers of another environment do not join',
  ),
  pricing: onlyPreviews,
};
