import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../common/roots.ts';
import { markdownTable } from '../common/table.ts';
import { unknownValue } from '../provider/wire.ts';
import { stages } from '../stack/policy.ts';
import { scratch } from '../stack/scratch.ts';
import { standardTargets } from '../targets/index.ts';
import type { RecordedResource } from '../targets/shared/recorded.ts';
import type { Target } from '../targets/shared/target.ts';
import { checkPolicy, type PolicyCheck } from './check.ts';
import { rules } from './rules/index.ts';
import { goodStack, plan } from './testing/planned.ts';

type Fields = Record<string, unknown>;
type Stack = ReturnType<typeof goodStack>;
type Resources = RecordedResource[];

/** A change that breaks a rule, and what is found: the service with the message. */
interface Breach {
  rule: string;
  /** The targets on which the change breaks the rule. On the others, the stack file still keeps it. */
  on: string[];
  stack?: (stack: Stack) => object;
  resources?: (resources: Resources) => void;
  found: RegExp;
}

const everywhere = ['process', 'docker', 'kubernetes'];
const inContainers = ['docker', 'kubernetes'];

const web = (fields: Fields) => (stack: Stack) => ({
  ...stack,
  services: { ...stack.services, web: { ...stack.services.web, ...fields } },
});

const variable = (name: string, value: string) => web({ variables: { [name]: value } });

const breaches: Breach[] = [
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
  ].map((stack): Breach => ({ rule: 'plain-secrets', on: everywhere, stack, found: /^web: .*credential/ })),
  {
    rule: 'plain-secrets',
    on: everywhere,
    stack: (stack) => ({ ...stack, variables: { SESSION_SECRET: 'abc' } }),
    found: /^-: the variable SESSION_SECRET contains a credential in plain text/,
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
  ...[...everywhere.map((on) => [on, ':Identity', 'identity'] as const)].map(([on, type, name]): Breach => ({
    rule: 'protected-data',
    on: [on],
    resources: unkept(type, name),
    found: /^-: Identity identity holds data/,
  })),
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

for (const target of await standardTargets()) {
  test(`${target.name}: a stack that keeps every rule of production has no findings`, async (t) => {
    assert.deepEqual(await checkPolicy(await planIn(t, target, goodStack(target))), []);
  });

  test(`${target.name}: each breach is found by its rule, once`, async (t) => {
    for (const breach of breaches.filter(({ on }) => on.includes(target.name))) {
      const found = await findingsOf(await broken(t, target, breach));
      assert.equal(found.length, 1, `${breach.rule}, ${breach.found}: ${JSON.stringify(found)}`);
      assert.ok(found[0]!.startsWith(`${breach.rule} `), found[0]);
      assert.match(found[0]!.slice(breach.rule.length + 1), breach.found);
    }
  });
}

test('a rule does not demand fields that the target refuses or ignores', async (t) => {
  for (const target of await standardTargets()) {
    const others = breaches.filter(({ on, stack }) => stack && !on.includes(target.name));
    for (const breach of others) {
      const check = await broken(t, target, breach).catch(() => undefined); // The target refuses the stack file.
      if (check) assert.deepEqual(await findingsOf(check), [], `${target.name}: ${breach.rule}`);
    }
  }
});

test('every rule has a breach, and is an error in production', () => {
  assert.deepEqual(
    [...new Set(breaches.map(({ rule }) => rule))].toSorted(),
    rules.map(({ name }) => name).toSorted(),
  );
  assert.deepEqual(
    rules.filter(({ levels }) => levels.production !== 'error'),
    [],
  );
});

test('the table of rules in the README is that of the rules', () => {
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const rows = rules.map(({ name, description, levels }) => [
    `\`${name}\``,
    description.replace(/\.$/, ''),
    ...stages.map((stage) => levels[stage] ?? ''),
  ]);
  const table = markdownTable([['rule', 'what it demands', ...stages], ...rows]).join('\n');
  assert.ok(readme.includes(table), table);
});

test('what looks like a credential and is not one is no finding', async (t) => {
  const [target] = await standardTargets();
  for (const [name, value] of [
    ['API_TOKEN', '${{secret.API_TOKEN}}'],
    ['API_TOKEN', ''],
    ['TOKEN_TTL', '3600'],
    ['PASSWORD_FILE', '/run/secrets/password'],
    ['PUBLIC_KEY', 'abc'],
    ['REQUIRE_TOKEN', 'true'],
    ['CACHE', 'redis://:${{secret.REDIS_PASSWORD}}@cache:6379'],
    ['PAGE', 'https://example.com:8080/@acme'],
  ] as const) {
    const check = await planIn(t, target!, variable(name, value)(goodStack(target!)));
    assert.deepEqual(await findingsOf(check), [], name);
  }
});

async function findingsOf(check: PolicyCheck): Promise<string[]> {
  return (await checkPolicy(check)).map(
    ({ rule, service = '-', message }) => `${rule} ${service}: ${message}`,
  );
}

async function broken(
  t: Parameters<typeof scratch>[0],
  target: Target,
  breach: Breach,
): Promise<PolicyCheck> {
  const { stack = (good: Stack) => good, resources } = breach;
  const check = await planIn(t, target, stack(goodStack(target)));
  resources?.(check.resources);
  return check;
}

async function planIn(t: Parameters<typeof scratch>[0], target: Target, stack: object): Promise<PolicyCheck> {
  return plan(scratch(t, { 'app/main.ts': '' }), stack, target);
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

function find(all: Resources, type: string, name: string): RecordedResource {
  const found = all.find((each) => each.type.endsWith(type) && each.name === name);
  assert.ok(found, `${type} ${name}`);
  return found;
}

function change(type: string, name: string, path: string, value: unknown) {
  return (all: Resources) => {
    const keys = path.split('.');
    const last = keys.pop()!;
    const owner = keys.reduce((map: unknown, key) => (map as Fields)[key], find(all, type, name).values);
    (owner as Fields)[last] = value;
  };
}

function unkept(type: string, name: string) {
  return (all: Resources) => delete find(all, type, name).isKept;
}

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
