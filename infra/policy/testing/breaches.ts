import { unknownValue } from '../../provider/wire.ts';
import { change, unkept, variable, web, type Breach, type Fields } from './breach.ts';

const everywhere = ['process', 'docker', 'kubernetes'];
const inContainers = ['docker', 'kubernetes'];

/** Breaches of every rule. */
export const breaches: Breach[] = [
  {
    rule: 'limits',
    on: inContainers,
    stack: web({ resources: undefined }),
    found: /^web: has no limit of cpu and memory/,
  },
  {
    rule: 'limits',
    on: inContainers,
    stack: (stack) => ({
      ...stack,
      services: { ...stack.services, db: { type: 'postgres', ...limit('cpu') } },
    }),
    found: /^db: has no limit of memory/,
  },
  {
    rule: 'limits',
    on: ['kubernetes'],
    resources: change(':Deployment', 'web', 'spec.template.spec.containers.0.resources', undefined),
    found: /^web: a container of Deployment web has no known limit of cpu and memory/,
  },
  {
    rule: 'health',
    on: everywhere,
    stack: web({ health: undefined }),
    found: /^web: has a port but no health/,
  },
  { rule: 'replicas', on: everywhere, stack: web({ replicas: 1 }), found: /^web: .*only one replica runs/ },
  {
    rule: 'replicas',
    on: ['kubernetes'],
    stack: web({ replicas: { min: 1, max: 3, cpu: 70 } }),
    found: /^web: .*only one replica runs/,
  },
  {
    rule: 'image-digest',
    on: inContainers,
    stack: (stack) => ({ ...stack, images: {} }),
    found: /^db: the content of postgres:17 can change: add its digest, as in images\.postgres/,
  },
  {
    rule: 'image-digest',
    on: inContainers,
    stack: (stack) => ({ ...stack, services: { ...stack.services, tool: image('acme/tool:1.4') } }),
    found: /^tool: the content of acme\/tool:1\.4 can change/,
  },
  {
    rule: 'image-digest',
    on: ['kubernetes'],
    resources: change(':Deployment', 'web', 'spec.template.spec.containers.0.image', unknownValue),
    found: /^web: the image is known only during a deployment/,
  },
  {
    rule: 'image-tag',
    on: inContainers,
    stack: (stack) => ({ ...stack, images: { postgres: 'acme/postgres' } }),
    found: /^db: the tag of acme\/postgres moves with each release: name a version in images\.postgres/,
  },
  {
    rule: 'image-tag',
    on: inContainers,
    stack: (stack) => ({ ...stack, services: { ...stack.services, tool: image('acme/tool:latest') } }),
    found: /^tool: the tag of acme\/tool:latest moves with each release: name a version in image$/,
  },
  ...[
    variable('API_TOKEN', 'abc'),
    variable('STRIPE_SECRET_KEY', 'abc'),
    variable('DB', 'postgres://app:hunter2@db.example.com/shop'),
    variable('GIT', `ghp_${'a'.repeat(36)}`),
    variable('PEM', '-----BEGIN PRIVATE KEY-----'),
    web({ preDeploy: { command: 'node main.js', variables: { OWNER_PASSWORD: 'abc' } } }),
    web({ start: 'node main.js --db mysql://root:hunter2@db/shop' }),
    web({ build: `npm ci --token=npm_${'a'.repeat(36)}`, start: 'node main.js' }),
  ].map((stack): Breach => ({ rule: 'plain-secrets', on: everywhere, stack, found: /^web: .*credential/ })),
  {
    rule: 'plain-secrets',
    on: inContainers,
    stack: web({ files: [{ path: '/etc/app.yaml', content: 'port: 1\ndb_password: "hunter2"\n' }] }),
    found: /^web: the file \/etc\/app.yaml contains a credential in plain text/,
  },
  {
    rule: 'plain-secrets',
    on: everywhere,
    stack: (stack) => ({ ...stack, variables: { SESSION_SECRET: 'abc' } }),
    found: /^-: the variable SESSION_SECRET contains a credential in plain text/,
  },
  {
    rule: 'bind-mounts',
    on: ['process', 'docker'],
    stack: web({ bindMounts: { content: { source: 'app', path: '/srv/content', readOnly: true } } }),
    found: /^web: mounts app, but no release contains its content/,
  },
  {
    rule: 'egress',
    on: ['kubernetes'],
    stack: web({ egress: [{ to: 'internet' }] }),
    found: /^web: the whole internet may be reached at any port/,
  },
  {
    rule: 'egress',
    on: ['kubernetes'],
    stack: web({ egress: [{ to: '0.0.0.0/0' }] }),
    found: /^web: 0\.0\.0\.0\/0 may be reached at any port/,
  },
  {
    rule: 'egress',
    on: ['kubernetes'],
    stack: (stack) => ({ ...stack, services: { ...stack.services, db: external() } }),
    found: /^db: services may connect to any address/,
  },
  {
    rule: 'protected-data',
    on: everywhere,
    resources: unkept(':Identity', 'identity'),
    found: /^-: Identity identity holds data/,
  },
  {
    rule: 'protected-data',
    on: ['docker'],
    resources: unkept(':Volume', 'shop-test-db'),
    found: /^db: Volume shop-test-db holds data/,
  },
  {
    rule: 'protected-data',
    on: ['kubernetes'],
    resources: unkept(':PersistentVolumeClaim', 'db'),
    found: /^db: PersistentVolumeClaim db holds data/,
  },
  {
    rule: 'protected-data',
    on: ['kubernetes'],
    resources: unkept(':Namespace', 'shop-test'),
    found: /^-: Namespace shop-test holds data/,
  },
  ...exposures('private-data', 'db', 'process:Postgres'),
  ...exposures('gateway-first', 'web', 'process:Service'),
  {
    rule: 'disruption-budget',
    on: ['kubernetes'],
    resources: (all) => {
      all.splice(
        all.findIndex(({ type, name }) => type.endsWith(':PodDisruptionBudget') && name === 'web'),
        1,
      );
    },
    found: /^web: no PodDisruptionBudget selects the pods of Deployment web/,
  },
];

/** Ways to open a service to other machines, on each target. */
function exposures(rule: string, service: string, process: string): Breach[] {
  const container = service === 'db' ? 'shop-test-db' : 'shop-test-web-1';
  const found = new RegExp(`^${service}: .*(reachable without the gateway|other machines can connect)`);
  const workload = service === 'db' ? ':StatefulSet' : ':Deployment';
  const pod = 'spec.template.spec';
  return [
    { rule, on: ['process'], resources: change(process, service, 'host', '0.0.0.0'), found },
    {
      rule,
      on: ['docker'],
      resources: change(':Container', container, 'ports', [{ internal: 1, external: 1, ip: '0.0.0.0' }]),
      found,
    },
    { rule, on: ['docker'], resources: change(':Container', container, 'ports', [{ internal: 1 }]), found },
    { rule, on: ['docker'], resources: change(':Container', container, 'networkMode', 'host'), found },
    { rule, on: ['kubernetes'], resources: change(':Service', service, 'spec', unknownValue), found },
    { rule, on: ['kubernetes'], resources: change(':Service', service, 'spec.type', 'LoadBalancer'), found },
    { rule, on: ['kubernetes'], resources: change(':Service', service, 'spec.type', unknownValue), found },
    {
      rule,
      on: ['kubernetes'],
      resources: change(':Service', service, 'spec.externalIPs', ['192.0.2.1']),
      found,
    },
    { rule, on: ['kubernetes'], resources: change(workload, service, `${pod}.hostNetwork`, true), found },
    {
      rule,
      on: ['kubernetes'],
      resources: change(workload, service, `${pod}.containers.0.ports`, [{ containerPort: 1, hostPort: 1 }]),
      found,
    },
  ];
}

function limit(name: 'cpu'): Fields {
  return { resources: { [name]: 1 } };
}

function image(reference: string): Fields {
  return { image: reference, replicas: 2, resources: { cpu: 1, memory: '64Mi' } };
}

function external(): Fields {
  return { type: 'postgres', external: { url: '${{secret.DATABASE_URL}}' } };
}
