import { cannot, defaulted, type Outcome } from '../ledger.ts';
import { settle, textOf, type Rules } from '../read.ts';

export const ofNetworks = defaulted('services reach only those to which their variables refer');
const ofNames = defaulted('the name of the service is its address');
const ofRollout = defaulted(
  'a new version replaces the old one when it is ready; `rollout` divides the requests',
);
const ofRestarts = defaulted('Railhead chooses how long it waits before a restart');
const ofDockerfile = cannot(
  'the build of a Dockerfile gets no secrets',
  'write `build` and `buildSecrets` in place of the Dockerfile',
);

const ofBuilder = defaulted('the builder decides it');
const noBuild = cannot('a build has one context and its Dockerfile', 'write it into the Dockerfile');
const ofKernel = cannot('a service has no such limit of its own', 'write `resources` or `ulimits`');
const ofIsolation = cannot('a container shares nothing of another one or of the machine', 'leave it out');
const ofResolver = cannot('the target resolves names', 'leave it out');

/** Returns one rule for several fields. */
function everyOne(outcome: Outcome, names: string[], above = ''): Rules<unknown> {
  return Object.fromEntries(names.map((name) => [above === '' ? name : `${above}.${name}`, settle(outcome)]));
}

/** The fields of a service for which Railhead has no setting, or decides itself. */
export const ofPlatform: Rules<unknown> = {
  'healthcheck.interval': settle(defaulted('Railhead chooses how often it asks')),
  'healthcheck.start_interval': settle(defaulted('Railhead chooses how often it asks')),
  'healthcheck.timeout': settle(defaulted('Railhead chooses how long it waits for an answer')),
  'healthcheck.retries': settle(defaulted('Railhead chooses how many answers may fail')),
  'healthcheck.disable': settle(defaulted('the service has no health check')),
  'deploy.mode': settle(defaulted('`replicas` says how many run')),
  'deploy.endpoint_mode': settle(defaulted('a service has one address for its replicas')),
  'deploy.update_config': settle(ofRollout),
  'deploy.rollback_config': settle(ofRollout),
  'deploy.restart_policy.delay': settle(ofRestarts),
  'deploy.restart_policy.window': settle(ofRestarts),
  'deploy.placement': settle(
    cannot('the target decides where replicas run', 'write `kubernetes.nodeSelector`'),
  ),
  working_dir: settle(
    cannot('a command starts in the WORKDIR of its image', 'write WORKDIR into its Dockerfile'),
  ),
  network_mode: (tree) =>
    /^(bridge|default)$/.test(textOf(tree) ?? '')
      ? ofNetworks
      : cannot('a service has an address of its own', 'connect to others by references'),
  extra_hosts: settle(cannot('a service gets no names of hosts', 'use a name that DNS knows')),
  devices: settle(cannot('a service gets no devices', 'run it outside of Railhead')),
  'build.secrets': settle(ofDockerfile),
  'build.ssh': settle(ofDockerfile),
  ...everyOne(ofBuilder, ['no_cache', 'pull', 'cache_to', 'platforms', 'tags', 'labels'], 'build'),
  ...everyOne(noBuild, ['additional_contexts', 'dockerfile_inline', 'network', 'extra_hosts'], 'build'),
  ...everyOne(ofKernel, ['sysctls', 'pids_limit', 'oom_kill_disable', 'oom_score_adj', 'memswap_limit']),
  ...everyOne(ofKernel, ['cpu_shares', 'cpuset', 'cgroup', 'cgroup_parent', 'blkio_config', 'group_add']),
  ...everyOne(ofIsolation, ['ipc', 'pid', 'uts', 'userns_mode', 'device_cgroup_rules', 'volumes_from']),
  ...everyOne(ofResolver, ['dns', 'dns_search', 'dns_opt', 'domainname', 'mac_address', 'external_links']),
  container_name: settle(ofNames),
  hostname: settle(ofNames),
  networks: settle(ofNetworks),
  links: settle(ofNetworks),
  init: settle(defaulted('the platform forwards signals')),
  tty: settle(defaulted('services have no terminal')),
  stdin_open: settle(defaulted('services have no terminal')),
  platform: settle(defaulted('images are built for the platform that runs them')),
  pull_policy: settle(defaulted('the target decides when it pulls an image')),
  logging: settle(defaulted('`railhead logs` reads the logs; the target keeps them')),
  'develop.watch': settle(defaulted('`up` builds again what has changed')),
};
