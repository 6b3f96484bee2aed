import { cannot, defaulted, type Outcome } from '../ledger.ts';
import { settle, type Rules } from '../read.ts';

const ofNamespaces = cannot(
  'a replica shares no namespace with the machine or with another service',
  'leave it out, or run the service outside of Railhead',
);
const ofKernel = cannot('the nodes of the target set the kernel of containers', 'set it on the machines');
const ofDns = cannot('the target resolves names for its containers', 'set it on the machines');
const ofMemory = cannot('a replica that needs more than its memory ends', 'write `resources.memory`');
const ofCpu = cannot('a limit of CPU is a number of cores', 'write `resources.cpu`');
const ofBlocks = cannot('a service has no limit for its disks', 'set it on the machines');
const ofAddress = cannot('the target chooses the addresses of containers', 'connect by references');
const ofWindows = cannot('containers run on Linux', 'leave it out');
const ofDevices = cannot('a service gets no devices', 'run it outside of Railhead');
const ofHooks = cannot(
  'a replica has one command',
  'start a script that runs the other commands, and ends on the signal to stop',
);
export const ofModels = cannot(
  'a stack file has no models',
  'run the server of the model as a service with `image`',
);
const ofCache = defaulted('the cache of the builder is used');
const ofBuild = cannot('the target decides how an image is built', 'leave it out');
const ofSwarm = cannot('only Swarm has it', 'leave it out');

/** Fields of the Compose specification that have no counterpart in a stack file, by their outcome. */
const fates: [Outcome, fields: string[]][] = [
  [ofNamespaces, ['ipc', 'pid', 'uts', 'userns_mode', 'cgroup', 'cgroup_parent']],
  [ofKernel, ['sysctls']],
  [ofDns, ['dns', 'dns_opt', 'dns_search', 'domainname']],
  [ofMemory, ['mem_swappiness', 'memswap_limit', 'oom_kill_disable', 'oom_score_adj']],
  [ofCpu, ['cpu_count', 'cpu_percent', 'cpu_shares', 'cpu_quota', 'cpu_period']],
  [ofCpu, ['cpu_rt_period', 'cpu_rt_runtime', 'cpuset']],
  [ofBlocks, ['blkio_config', 'storage_opt']],
  [ofAddress, ['mac_address', 'external_links']],
  [ofWindows, ['isolation', 'credential_spec', 'build.isolation']],
  [ofDevices, ['device_cgroup_rules']],
  [ofHooks, ['post_start', 'pre_stop']],
  [ofModels, ['models']],
  [ofCache, ['build.cache_to', 'build.no_cache', 'build.pull']],
  [ofBuild, ['build.entitlements', 'build.network', 'build.privileged', 'build.shm_size', 'build.ulimits']],
  [ofBuild, ['build.extra_hosts']],
  [ofSwarm, ['deploy.resources.reservations.generic_resources']],
  [cannot('the user of a replica has one group', 'write it as `user: <uid>:<gid>`'), ['group_add']],
  [
    cannot('the target limits the number of processes', 'write `ulimits.nproc`'),
    ['pids_limit', 'deploy.resources.limits.pids'],
  ],
  [
    cannot(
      'a service mounts only volumes that it names',
      'write the same name in `volumes` of both services',
    ),
    ['volumes_from'],
  ],
  [cannot('another program runs it', 'write its address as a variable, or run its image'), ['provider']],
  [
    cannot('a service does not get the socket of the platform', 'run it outside of Railhead'),
    ['use_api_socket'],
  ],
  [cannot('labels configure programs of the platform', 'see `labels` of the service'), ['label_file']],
  [
    cannot('the stack file has no text of a Dockerfile', 'write it into a file, and name it as `dockerfile`'),
    ['build.dockerfile_inline'],
  ],
  [
    cannot('a build has one context', 'move the folders into it, or widen `dockerfile.context`'),
    ['build.additional_contexts'],
  ],
  [defaulted('the artifact of an image names it'), ['build.tags', 'build.labels']],
  [defaulted('images are built for the platform that runs them'), ['build.platforms']],
  [defaulted('`railhead logs` reads the logs of every service'), ['attach']],
  [defaulted('the target decides when it pulls an image'), ['pull_refresh_after']],
];

export const furtherRules: Rules<unknown> = Object.fromEntries(
  fates.flatMap(([outcome, fields]) => fields.map((field) => [field, settle(outcome)])),
);
