import assert from 'node:assert/strict';
import { test } from 'vitest';
import { stringify } from 'yaml';
import { importOf, servicesOf } from '../testing.ts';

/**
 * The fields of a service in the schema of the Compose specification, at the commit 00655e2222608fa6eaecdf12ac5195889ca2244a of
 * compose-spec/compose-spec.
 */
const fields =
  `develop deploy annotations attach build blkio_config cap_add cap_drop cgroup cgroup_parent command configs
container_name cpu_count cpu_percent cpu_shares cpu_quota cpu_period cpu_rt_period cpu_rt_runtime cpus cpuset credential_spec
depends_on device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file label_file environment expose extends
provider external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation labels links logging mac_address
mem_limit mem_reservation mem_swappiness memswap_limit network_mode models networks oom_kill_disable oom_score_adj pid pids_limit
platform ports post_start pre_stop privileged profiles pull_policy pull_refresh_after read_only restart runtime scale security_opt
shm_size secrets sysctls stdin_open stop_grace_period stop_signal storage_opt tmpfs tty ulimits use_api_socket user uts userns_mode
volumes volumes_from working_dir`.split(/\s+/);
const ofBuild =
  `context dockerfile dockerfile_inline entitlements args ssh labels cache_from cache_to no_cache additional_contexts
network pull target shm_size extra_hosts isolation privileged secrets tags ulimits platforms`.split(/\s+/);

/** The values of fields for which a text in place of a value of the right form would be a mistake. */
const values: Record<string, unknown> = {
  ...{ annotations: ['a.example/b=c'], args: { A: '1' }, depends_on: ['other'], environment: { A: '1' } },
  ...{
    develop: { watch: [] },
    extends: { service: 'other' },
    expose: [80],
    ports: ['80'],
    volumes: ['a:/b'],
  },
  ...{ mem_limit: '1g', mem_reservation: '1g', shm_size: '1g', restart: 'always', gpus: 'all' },
  ...{ stop_grace_period: '10s', ulimits: { nofile: 1 }, tmpfs: ['/a'], healthcheck: { test: ['CMD', 'a'] } },
  ...{ deploy: { resources: { limits: { pids: 1 }, reservations: { generic_resources: [] } } } },
  ...{ privileged: true, labels: { a: 'b' }, cap_add: ['NET_ADMIN'], build: '.' },
};

const all = [
  ...fields.map((field) => [field, { [field]: values[field] ?? '1' }] as const),
  ...ofBuild.map(
    (field) => [`build.${field}`, { build: { context: '.', [field]: values[field] ?? '1' } }] as const,
  ),
];

for (const [field, own] of all) {
  test(`a field of the Compose specification has a fate of its own: ${field}`, async (t) => {
    const service = 'build' in own ? own : { image: 'acme/web:1', ...own };
    const { rows } = await importOf(t, {
      ...{ 'package.json': '{ "name": "shop" }', Dockerfile: 'FROM node:24 AS app\n' },
      'compose.yaml': stringify({ services: { web: service, other: { image: 'acme/other:1' } } }),
    });
    assert.deepEqual(
      rows.filter(({ why }) => why?.includes('does not know this field')),
      [],
    );
    assert.ok(rows.some((row) => row.field.startsWith('services.web')));
  });
}

test('models, and an extension field of a service, have a fate of their own', async (t) => {
  const { rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': 'services: { web: { image: "acme/web:1", x-own: 1 } }\nmodels: { llm: { model: a } }\n',
  });
  const found = rows.flatMap(({ field, outcome }) => (/x-own|models/.test(field) ? [[field, outcome]] : []));
  assert.deepEqual(found, [
    ['services.web.x-own', 'defaulted'],
    ['models', 'cannot'],
  ]);
});

test('annotations are those of the pods in a cluster', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': 'services: { web: { image: "acme/web:1", annotations: { a.example/b: c } } }\n',
  });
  assert.deepEqual(servicesOf(texts, 'shop'), {
    web: { image: 'acme/web:1', kubernetes: { annotations: { 'a.example/b': 'c' } } },
  });
});
