import type { CodeSupport, StackSupport } from '../shared/support.ts';
import {
  externalFields,
  honouredHealth,
  fixedReplicas,
  gatewayOfOneMachine,
  onlyKubernetes,
  onlyPreviews,
  onlyPullRequests,
  onlyRollbacks,
  rolloutByWeights,
} from '../shared/shared-fields.ts';

const image = {
  refused: 'a process is not started from an image',
  instead: 'choose the target docker or kubernetes',
};
const resources = { refused: 'a process cannot be held to CPU and memory limits' };

const code: CodeSupport = {
  port: 'honoured',
  ports: 'honoured',
  publish: { honoured: 'on 127.0.0.1' },
  preDeploy: {
    ...{ command: 'honoured', variables: 'honoured', migrations: 'honoured' },
    backwardCompatible: onlyRollbacks,
  },
  replicas: fixedReplicas('processes are not scaled by load'),
  resources,
  health: honouredHealth,
  minReady: 'honoured',
  rollout: rolloutByWeights,
  cron: { schedule: 'honoured', timezone: 'honoured', retries: 'honoured' },
  restart: { policy: 'honoured', maxRetries: 'honoured' },
  dependsOn: 'honoured',
  drain: 'honoured',
  volume: {
    path: { irrelevant: 'RAILWAY_VOLUME_MOUNT_PATH has the folder' },
    size: { irrelevant: 'a folder has no size of its own' },
  },
  volumes: { honoured: 'as folders, which `<NAME>_VOLUME_PATH` has; `readOnly` has no effect' },
  bindMounts: { honoured: 'as the folder itself; `path` and `readOnly` have no effect' },
  files: { refused: 'a process has the files of this machine' },
  metrics: { irrelevant: 'no Prometheus reads it' },
  egress: { irrelevant: 'a process can connect to every address' },
  user: { refused: 'a process runs as the user who runs `up`' },
  readOnly: { irrelevant: 'a process has the files of this machine' },
  tmpfs: { irrelevant: 'a process writes to the folder on this machine' },
  stopSignal: 'honoured',
  shmSize: { irrelevant: 'a process uses the shared memory of this machine' },
  ulimits: { refused: 'a process has the limits of the shell that runs `up`' },
  capabilities: { refused: 'a process has the capabilities of the user who runs `up`' },
  kubernetes: onlyKubernetes,
  variables: 'honoured',
};

/** What processes on one machine honour of a stack file. */
export const processFields: StackSupport = {
  name: 'honoured',
  variables: 'honoured',
  services: {
    source: {
      ...code,
      source: 'honoured',
      runtime: { honoured: 'with the version that is on the PATH' },
      build: 'honoured',
      start: 'honoured',
      dockerfile: {
        ...image,
        instead:
          'choose the target docker or kubernetes, or write `dockerfile: null` and `start` in an overlay',
      },
      entrypoint: image,
      command: image,
      buildVariables: { honoured: 'in `build`' },
      buildSecrets: { honoured: 'in `build`, which runs on this machine' },
    },
    image: {
      ...code,
      image: { ...image, instead: 'choose the target docker or kubernetes, or give a `source` folder' },
      start: 'honoured',
      entrypoint: image,
      command: image,
    },
    data: {
      version: 'honoured',
      image: { irrelevant: 'the server of this machine runs in its place' },
      storage: { irrelevant: 'a folder has no size of its own' },
      port: 'honoured',
      resources,
      connections: 'honoured',
      settings: 'honoured',
      kubernetes: onlyKubernetes,
      buckets: 'honoured',
      pooler: 'honoured',
      extensions: { honoured: 'those that the server of this machine has' },
      external: {
        ...externalFields,
        network: { irrelevant: 'a process can connect to every address' },
      },
    },
  },
  volumes: { irrelevant: 'a folder has no size and no storage class' },
  gateway: gatewayOfOneMachine('processes', 'a process has no public domain'),
  images: { irrelevant: 'no process starts from an image' },
  imagePullSecrets: { refused: 'processes are not started from images' },
  kubernetes: onlyKubernetes,
  observability: { refused: 'there is no Prometheus operator for processes' },
  pullRequests: onlyPullRequests,
  pricing: onlyPreviews,
};
