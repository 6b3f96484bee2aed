import { cannot, defaulted } from '../ledger.ts';
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
