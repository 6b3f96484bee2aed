import { dataTypes } from '../../data/index.ts';
import { imageNames, runtimeKinds } from '../../runtimes/index.ts';
import { code, kubernetes } from './code-changes.ts';
import { ofData, secretUrl } from './data-changes.ts';
import { below, type Change } from './field-change.ts';
import { gatewayChanges } from './gateway-changes.ts';

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
  volumes: [
    [{}, { volumes: { uploads: { size: '1Gi' } } }],
    [
      { volumes: { uploads: { size: '1Gi' } } },
      { volumes: { uploads: { size: '1Gi', storageClass: 'nfs' } } },
    ],
  ],
  variables: [[{ variables: { GREETING: 'hello' } }, { variables: { GREETING: 'hi' } }]],
  'images.registry': [[{}, { images: { registry: 'ghcr.io/acme' } }]],
  'images.node': [[{}, { images: { node: 'node:24-alpine' } }]],
  ...Object.fromEntries(
    runImages.map((name) => [`images.${name}`, [[{}, { images: { [name]: 'acme/runtime:1' } }]] as Change[]]),
  ),
  'images.pgbouncer': [[{}, { images: { pgbouncer: 'acme/pgbouncer:1' } }]],
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
