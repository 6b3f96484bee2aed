import { dataTypes, type DataType } from '../../data/index.ts';
import { imageNames, runtimeKinds } from '../../runtimes/index.ts';
import type { Change } from './field-change.ts';
import { gatewayChanges } from './gateway-changes.ts';

const queue = { name: 'jobs', size: 10, from: 'meter' };
const range = { min: 1, max: 2, cpu: 70, queue };
const limits = { resources: { cpu: 1, memory: '1Gi' } };
const scaled = (field: object): Change => [
  { ...limits, replicas: range },
  { ...limits, replicas: { ...range, ...field } },
];
const health = { path: '/health', ready: '/ready', timeout: '60s' };

const analysis = { errors: '<1%', p99: '<1s', for: '1m' };
const canary = { strategy: 'canary', steps: ['10%'], analysis };
const divided = (field: object): Change => [
  { port: 80, health, replicas: 9, rollout: canary },
  { port: 80, health, replicas: 9, rollout: { ...canary, ...field } },
];

const healthy = (field: object): Change => [
  { port: 80, health },
  { port: 80, health: { ...health, ...field } },
];

const toleration = { key: 'team', operator: 'Equal', value: 'a', effect: 'NoExecute', tolerationSeconds: 1 };
const tolerating = (field: object): Change => [
  { kubernetes: { tolerations: [toleration] } },
  { kubernetes: { tolerations: [{ ...toleration, ...field }] } },
];
const kubernetes = (field: object, other?: object): Change => [{ ...other }, { ...other, kubernetes: field }];

/** Changes of what only clusters have. */
const cluster: Record<string, Change[]> = below('kubernetes', {
  annotations: [kubernetes({ annotations: { 'example.com/a': 'b' } })],
  labels: [kubernetes({ labels: { team: 'a' } })],
  'serviceAccount.annotations': [kubernetes({ serviceAccount: { annotations: { 'example.com/a': 'b' } } })],
  nodeSelector: [kubernetes({ nodeSelector: { disk: 'ssd' } })],
  'tolerations.key': [tolerating({ key: 'other' })],
  'tolerations.operator': [tolerating({ operator: 'Exists', value: undefined })],
  'tolerations.value': [tolerating({ value: 'b' })],
  'tolerations.effect': [
    [
      { kubernetes: { tolerations: [{ key: 'team' }] } },
      { kubernetes: { tolerations: [{ key: 'team', effect: 'NoSchedule' }] } },
    ],
  ],
  'tolerations.tolerationSeconds': [tolerating({ tolerationSeconds: 2 })],
  priorityClass: [kubernetes({ priorityClass: 'high' })],
});

/** Changes of a service that runs code, `source` or `image`. */
const code: Record<string, Change[]> = {
  port: [[{ port: 80 }, { port: 81 }]],
  ports: [
    [{ port: 80 }, { port: 80, ports: { grpc: 90 } }],
    [
      { port: 80, ports: { grpc: 90 } },
      { port: 80, ports: { grpc: 91 } },
    ],
  ],
  'preDeploy.command': [[{ preDeploy: 'node main.js' }, { preDeploy: 'node main.js --other' }]],
  'preDeploy.variables': [
    [
      { preDeploy: { command: 'node main.js' } },
      { preDeploy: { command: 'node main.js', variables: { A: '1' } } },
    ],
  ],
  'preDeploy.backwardCompatible': [
    [
      { preDeploy: { command: 'node main.js' } },
      { preDeploy: { command: 'node main.js', backwardCompatible: true } },
    ],
  ],
  'replicas.min': [[{ replicas: 1 }, { replicas: 2 }]],
  'replicas.max': [scaled({ max: 3 })],
  'replicas.cpu': [scaled({ cpu: 71 })],
  'replicas.memory': [scaled({ memory: 72 })],
  'replicas.queue.name': [scaled({ queue: { ...queue, name: 'mail' } })],
  'replicas.queue.size': [scaled({ queue: { ...queue, size: 11 } })],
  'replicas.queue.from': [scaled({ queue: { ...queue, from: 'gauge' } })],
  'resources.cpu': [[{ resources: { cpu: 1 } }, { resources: { cpu: 2 } }]],
  'resources.memory': [[{ resources: { memory: '1Gi' } }, { resources: { memory: '2Gi' } }]],
  'resources.requests.cpu': [[{ resources: { cpu: 1 } }, { resources: { cpu: 1, requests: { cpu: 0.5 } } }]],
  'resources.requests.memory': [
    [{ resources: { memory: '1Gi' } }, { resources: { memory: '1Gi', requests: { memory: '512Mi' } } }],
  ],
  'resources.gpu': [[{}, { resources: { gpu: 1 } }]],
  'health.path': [healthy({ path: '/live' })],
  'health.ready': [healthy({ ready: '/live' })],
  'health.timeout': [healthy({ timeout: '61s' })],
  'health.command': [
    [{ health: { command: 'test -f /tmp/a' } }, { health: { command: ['test', '-f', '/tmp/b'] } }],
  ],
  'health.tcp': [[{ port: 80 }, { port: 80, health: { tcp: true } }]],
  minReady: [
    [
      { port: 80, minReady: '6s' },
      { port: 80, minReady: '7s' },
    ],
  ],
  'rollout.strategy': [divided({ strategy: 'blueGreen', steps: undefined })],
  'rollout.steps': [divided({ steps: ['20%'] })],
  'rollout.analysis.errors': [divided({ analysis: { ...analysis, errors: '<2%' } })],
  'rollout.analysis.p99': [divided({ analysis: { ...analysis, p99: '<2s' } })],
  'rollout.analysis.for': [divided({ analysis: { ...analysis, for: '2m' } })],
  'rollout.analysis.minRequests': [divided({ analysis: { ...analysis, minRequests: 10 } })],
  'cron.schedule': [[{ cron: '* * * * *' }, { cron: '1 * * * *' }]],
  'cron.timezone': [
    [{ cron: '0 3 * * *' }, { cron: { schedule: '0 3 * * *', timezone: 'Europe/Zurich' } }],
    [
      { cron: { schedule: '0 3 * * *', timezone: 'Asia/Tokyo' } },
      { cron: { schedule: '0 3 * * *', timezone: 'Europe/Zurich' } },
    ],
  ],
  'cron.retries': [[{ cron: '0 3 * * *' }, { cron: { schedule: '0 3 * * *', retries: 2 } }]],
  'restart.policy': [
    [{}, { restart: { policy: 'always' } }],
    [{ cron: '* * * * *' }, { cron: '* * * * *', restart: { policy: 'never' } }],
  ],
  dependsOn: [[{}, { dependsOn: ['other'] }]],
  'restart.maxRetries': [
    [{}, { restart: { maxRetries: 3 } }],
    [{ cron: '* * * * *' }, { cron: '* * * * *', restart: { maxRetries: 3 } }],
  ],
  drain: [
    [
      { port: 80, drain: '5s' },
      { port: 80, drain: '6s' },
    ],
  ],
  'volume.path': [[{ volume: { path: '/a', size: '1Gi' } }, { volume: { path: '/b', size: '1Gi' } }]],
  'volume.size': [[{ volume: { path: '/a', size: '1Gi' } }, { volume: { path: '/a', size: '2Gi' } }]],
  volumes: [
    [
      { volumes: { a: { path: '/a', size: '1Gi' } } },
      { volumes: { a: { path: '/b', size: '1Gi' }, b: { path: '/c', size: '1Gi' } } },
    ],
  ],
  'files.path': [[{ files: [{ path: '/a', content: 'a' }] }, { files: [{ path: '/b', content: 'a' }] }]],
  'files.source': [
    [{ files: [{ path: '/a', source: 'a.conf' }] }, { files: [{ path: '/a', source: 'b.conf' }] }],
  ],
  'files.content': [[{ files: [{ path: '/a', content: 'a' }] }, { files: [{ path: '/a', content: 'b' }] }]],
  metrics: [[{ port: 80 }, { port: 80, metrics: '/metrics' }]],
  'egress.to': [[{ egress: [] }, { egress: [{ to: 'internet' }] }]],
  'egress.port': [[{ egress: [{ to: 'internet' }] }, { egress: [{ to: 'internet', port: 443 }] }]],
  variables: [[{ variables: { A: '1' } }, { variables: { A: '2' } }]],
  user: [
    [{}, { user: 101 }],
    [{ user: 101 }, { user: '101:102' }],
    [{}, { user: 'image' }],
  ],
  readOnly: [[{}, { readOnly: false }]],
  'tmpfs.path': [[{ tmpfs: ['/run'] }, { tmpfs: ['/cache'] }]],
  'tmpfs.size': [[{ tmpfs: ['/run'] }, { tmpfs: [{ path: '/run', size: '1Mi' }] }]],
  stopSignal: [[{}, { stopSignal: 'SIGQUIT' }]],
  shmSize: [[{}, { shmSize: '1Gi' }]],
  ulimits: [
    [{}, { ulimits: { nofile: 4096 } }],
    [{ ulimits: { nofile: 4096 } }, { ulimits: { nofile: { soft: 1024, hard: 4096 } } }],
  ],
  'capabilities.add': [[{ user: 0 }, { user: 0, capabilities: { add: ['CHOWN'] } }]],
  ...cluster,
  'kubernetes.storageClass': [kubernetes({ storageClass: 'fast' }, { volume: { path: '/a', size: '1Gi' } })],
};

const secretUrl = (name: string) => '${{secret.' + name + '}}';
const external = { url: secretUrl('A') };
const changeExternal = (field: object): Change => [{ external }, { external: { ...external, ...field } }];

/** Changes of a data service. */
const data: Record<string, Change[]> = {
  storage: [[{ storage: '1Gi' }, { storage: '2Gi' }]],
  port: [[{ port: 7001 }, { port: 7002 }]],
  'resources.cpu': code['resources.cpu'] ?? [],
  'resources.memory': code['resources.memory'] ?? [],
  'resources.requests.cpu': code['resources.requests.cpu'] ?? [],
  'resources.requests.memory': code['resources.requests.memory'] ?? [],
  ...cluster,
  'kubernetes.storageClass': [kubernetes({ storageClass: 'fast' })],
  'external.url': [changeExternal({ url: secretUrl('B') })],
  'external.network': [changeExternal({ network: '10.0.0.0/8' })],
};

const settings: Change[] = [[{}, { settings: { timeout: 60 } }]];

const externalAccounts: Record<string, Change[]> = {
  'external.readonlyUrl': [changeExternal({ readonlyUrl: secretUrl('B') })],
  'external.ownerUrl': [changeExternal({ ownerUrl: secretUrl('B') })],
};

const database: Record<string, Change[]> = {
  ...data,
  connections: [[{}, { connections: 50 }]],
  settings,
  ...externalAccounts,
};

const keys = {
  url: 'https://s3.example.com',
  bucket: 'photos',
  accessKeyId: secretUrl('A'),
  secretAccessKey: secretUrl('B'),
};
const changeKeys = (field: object): Change => [{ external: keys }, { external: { ...keys, ...field } }];

/** For each type of data service, how its fields change. */
const ofData: Record<DataType, Record<string, Change[]>> = {
  mariadb: { ...database, version: [[{ version: '10.11' }, { version: '11.4' }]] },
  s3: {
    ...data,
    buckets: [[{ buckets: ['photos'] }, { buckets: ['photos', 'letters'] }]],
    'external.url': [changeKeys({ url: 'https://s4.example.com' })],
    'external.bucket': [changeKeys({ bucket: 'letters' })],
    'external.region': [changeKeys({ region: 'auto' })],
    'external.accessKeyId': [changeKeys({ accessKeyId: secretUrl('C') })],
    'external.secretAccessKey': [changeKeys({ secretAccessKey: secretUrl('C') })],
    'external.network': [changeKeys({ network: '10.0.0.0/8' })],
  },
  mongodb: {
    ...data,
    version: [[{ version: '7' }, { version: '8' }]],
    ...externalAccounts,
  },
  mysql: { ...database, version: [[{ version: '8.0' }, { version: '8.4' }]] },
  postgres: {
    ...database,
    version: [[{ version: '16' }, { version: '17' }]],
    extensions: [[{}, { extensions: ['citext'] }]],
  },
  redis: { ...data, settings, version: [[{ version: '7' }, { version: '8' }]] },
};

const credentials = { registry: 'ghcr.io', username: 'acme', password: secretUrl('A') };
const pulling = (field: object): Change => [
  { imagePullSecrets: [credentials] },
  { imagePullSecrets: [{ ...credentials, ...field }] },
];

const prices = { currency: 'EUR', cpuHour: 1, memoryGiBHour: 1, storageGiBMonth: 1 };
const pricing = (field: object): Change => [{ pricing: prices }, { pricing: { ...prices, ...field } }];

const pulled = (field: object): Change => [{ pullRequests: {} }, { pullRequests: field }];

/** The runtimes whose image runs the services: those that do not compile. */
export const runImages = imageNames.filter((name) => runtimeKinds[name].compiles !== true);

const system: Record<string, Change[]> = {
  name: [[{ name: 'shop' }, { name: 'store' }]],
  volumes: [[{}, { volumes: { uploads: { size: '1Gi' } } }]],
  variables: [[{ variables: { GREETING: 'hello' } }, { variables: { GREETING: 'hi' } }]],
  'images.registry': [[{}, { images: { registry: 'ghcr.io/acme' } }]],
  'images.node': [[{}, { images: { node: 'node:24-alpine' } }]],
  ...Object.fromEntries(
    runImages.map((name) => [`images.${name}`, [[{}, { images: { [name]: 'acme/runtime:1' } }]] as Change[]]),
  ),
  'images.base': [[{}, { images: { base: 'acme/base:1' } }]],
  ...Object.fromEntries(
    dataTypes.map((type) => [`images.${type}`, [[{}, { images: { [type]: 'acme/server:1' } }]] as Change[]]),
  ),
  'imagePullSecrets.registry': [pulling({ registry: 'registry.example.com' })],
  'imagePullSecrets.username': [pulling({ username: 'other' })],
  'imagePullSecrets.password': [pulling({ password: secretUrl('B') })],
  'kubernetes.storageClass': [kubernetes({ storageClass: 'fast' })],
  observability: [[{}, { observability: true }]],
  ...below('pullRequests', {
    expires: [pulled({ expires: '2d' })],
    seed: [pulled({ seed: { web: 'node main.js' } })],
    secrets: [pulled({ secrets: { TOKEN: 'generate' } })],
    share: [pulled({ share: ['web'] })],
    domain: [pulled({ domain: 'pr.example.com' })],
  }),
  ...below('pricing', {
    currency: [pricing({ currency: 'USD' })],
    cpuHour: [pricing({ cpuHour: 2 })],
    memoryGiBHour: [pricing({ memoryGiBHour: 2 })],
    storageGiBMonth: [pricing({ storageGiBMonth: 2 })],
  }),
};

const start: Change = [{ start: 'node main.js' }, { start: 'node main.js --other' }];
const variables = { A: '1' };

/**
 * Fields that decide what an artifact is: the tests of artifacts change them. The schema refuses the migrations of an
 * image.
 */
export const artifactFields = [
  'services.source.source',
  'images.go',
  'services.source.build',
  'services.source.buildSecrets',
  'services.source.dockerfile.context',
  'services.source.preDeploy.migrations',
  'services.image.preDeploy.migrations',
];

/** Fields that have one value only. */
export const singleValued = ['services.s3.version'];

/** For every other field, how a stack file changes it: in the whole file, in a service or in the gateway. */
export const fieldChanges: Record<string, Change[]> = {
  ...system,
  ...below('gateway', gatewayChanges),
  ...below('services.source', {
    ...code,
    start: [start, start.map((fields) => ({ ...fields, dockerfile: 'Dockerfile' })) as Change],
    'dockerfile.path': [[{ dockerfile: 'Dockerfile' }, { dockerfile: 'Other.Dockerfile' }]],
    'dockerfile.target': [[{ dockerfile: {} }, { dockerfile: { target: 'build' } }]],
    'dockerfile.args': [[{ dockerfile: {} }, { dockerfile: { args: variables } }]],
    entrypoint: [[{ dockerfile: {} }, { dockerfile: {}, entrypoint: '/entry' }]],
    command: [[{ dockerfile: {} }, { dockerfile: {}, command: ['serve', '--port', '80'] }]],
    runtime: [
      [
        { start: './app', runtime: 'go' },
        { start: './app', runtime: 'python@3.12' },
      ],
    ],
    buildVariables: [
      [
        { dockerfile: 'Dockerfile', variables },
        { dockerfile: 'Dockerfile', variables, buildVariables: ['A'] },
      ],
    ],
  }),
  ...below('services.image', {
    ...code,
    image: [[{ image: 'acme/app:1' }, { image: 'acme/app:2' }]],
    start: [start],
    entrypoint: [[{}, { entrypoint: '/entry' }]],
    command: [[{}, { command: ['serve', '--port', '80'] }]],
  }),
  ...dataTypes.reduce((all, type) => ({ ...all, ...below(`services.${type}`, ofData[type]) }), {}),
};

function below(path: string, changes: Record<string, Change[]>): Record<string, Change[]> {
  return Object.fromEntries(Object.entries(changes).map(([field, change]) => [`${path}.${field}`, change]));
}
