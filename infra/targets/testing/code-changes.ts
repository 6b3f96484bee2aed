import { below, type Change } from './field-change.ts';

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
export const kubernetes = (field: object, other?: object): Change => [
  { ...other },
  { ...other, kubernetes: field },
];

/** Changes of what only clusters have. */
export const cluster: Record<string, Change[]> = below('kubernetes', {
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
export const code: Record<string, Change[]> = {
  port: [[{ port: 80 }, { port: 81 }]],
  ports: [
    [{ port: 80 }, { port: 80, ports: { grpc: 90 } }],
    [
      { port: 80, ports: { grpc: 90 } },
      { port: 80, ports: { grpc: 91 } },
    ],
  ],
  publish: [
    [{ port: 80 }, { port: 80, publish: 8000 }],
    [
      { port: 80, ports: { grpc: 90 }, publish: { grpc: 9200 } },
      { port: 80, ports: { grpc: 90 }, publish: { grpc: 9201 } },
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
  bindMounts: [
    [
      { bindMounts: { a: { source: 'app', path: '/a' } } },
      { bindMounts: { a: { source: 'app/public', path: '/a' } } },
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
