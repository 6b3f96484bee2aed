import { valueAt, type Rule } from '../fields/rules.ts';
import { mayBeRoot } from './container.ts';
import { contains } from './dockerfile.ts';
import {
  areUnique,
  bindPathsOf,
  foldersOf,
  hasSizedVolume,
  pathsIn,
  volumePathsOf,
  storageFoldersOf,
} from './mounted-paths.ts';

/** Rules between the fields of a source or image service. */
export const codeRules: Rule[] = [
  ...['port', 'ports', 'publish'].map((key) => ({
    key,
    holds: (s: object) => !(has(s, 'cron') && has(s, key)),
    problem: 'must be left out: a service with "cron" exits after each run, so it cannot accept connections',
  })),
  {
    key: 'ports',
    holds: (s) => Array.isArray(valueAt(s, 'ports')) || !has(s, 'ports') || has(s, 'port') || has(s, 'cron'),
    problem: 'needs "port", the main port: checks and metrics use it',
  },
  {
    key: 'publish',
    holds: (s) => !has(s, 'publish') || has(s, 'port') || has(s, 'cron'),
    problem: 'needs "port": without it the service accepts no connections',
  },
  {
    key: 'health',
    holds: (s) => !(has(s, 'cron') && has(s, 'health')),
    problem: 'must be left out: a service with "cron" exits after each run',
  },
  {
    key: 'minReady',
    holds: (s) => !(has(s, 'cron') && has(s, 'minReady')),
    problem: 'must be left out: a service with "cron" exits after each run',
  },
  {
    key: 'rollout',
    holds: (s) => !(has(s, 'cron') && has(s, 'rollout')),
    problem: 'must be left out: a service with "cron" exits after each run',
  },
  {
    key: 'rollout.strategy',
    holds: (s) => !dividesRequests(s) || (has(s, 'port') && has(s, 'health', 'path')),
    problem: 'needs "port" and "health.path": the answers are counted where HTTP requests are balanced',
  },
  {
    key: 'rollout.strategy',
    holds: (s) => !dividesRequests(s) || !has(s, 'volume'),
    problem: 'must be "rolling" with "volume": two versions cannot share a volume',
  },
  {
    key: 'rollout.strategy',
    holds: (s) => !dividesRequests(s) || !hasSizedVolume(s),
    problem:
      'must be "rolling" with a "size" in "volumes": two versions cannot share a volume of the service alone',
  },
  {
    key: 'health.tcp',
    holds: (s) => !has(s, 'health', 'tcp') || has(s, 'port'),
    problem: 'needs "port", which it connects to',
  },
  ...['volume', 'volumes'].map((key) => ({
    key,
    holds: (s: object) => !(has(s, 'cron') && has(s, key)),
    problem: 'must be left out: a service with "cron" cannot have a volume',
  })),
  {
    key: 'replicas',
    holds: (s) => !has(s, 'cron') || isOne(s),
    problem: 'must be 1 or left out with "cron": runs never overlap',
  },
  {
    key: 'replicas',
    holds: (s) => !has(s, 'volume') || isOne(s),
    problem: 'must be 1 with "volume": replicas cannot share a volume',
  },
  {
    key: 'replicas',
    holds: (s) => !hasSizedVolume(s) || isOne(s),
    problem: 'must be 1 with a "size" in "volumes": replicas share only the volumes of the stack',
  },
  ...['volume', 'volumes', 'preDeploy', 'minReady'].map((key) => ({
    key,
    holds: (s: object) => !isOnce(s) || !has(s, key),
    problem: 'must be left out: a service with "restart: never" and without "port" and "health" runs once',
  })),
  {
    key: 'replicas',
    holds: (s) => !isOnce(s) || isOne(s),
    problem: 'must be 1: a service with "restart: never" and without "port" and "health" runs once',
  },
  {
    key: 'replicas.cpu',
    holds: (s) => !has(s, 'replicas', 'cpu') || has(s, 'resources', 'cpu'),
    problem: 'needs "resources.cpu": it is a percentage of that',
  },
  {
    key: 'replicas.memory',
    holds: (s) => !has(s, 'replicas', 'memory') || has(s, 'resources', 'memory'),
    problem: 'needs "resources.memory": it is a percentage of that',
  },
  {
    key: 'metrics',
    holds: (s) => !has(s, 'metrics') || has(s, 'port') || has(s, 'health', 'path'),
    problem: 'needs "port" or "health.path": without them the service does not listen',
  },
  {
    key: 'capabilities',
    holds: (s) => !has(s, 'capabilities') || mayBeRoot(valueAt(s, 'user')),
    problem: 'needs "user: 0" or "user: image": only root keeps capabilities',
  },
  {
    key: 'volumes',
    holds: (s) => areUnique(volumePathsOf(s)),
    problem: 'must name each folder once, and not that of "volume"',
  },
  {
    key: 'tmpfs',
    // A folder of two volumes is reported at "volumes".
    holds: (s) => areUnique([...pathsIn(valueAt(s, 'tmpfs')), ...new Set(volumePathsOf(s))]),
    problem: 'must name each folder once, and not that of a volume',
  },
  {
    key: 'bindMounts',
    holds: (s) => areUnique([...bindPathsOf(s), ...new Set(storageFoldersOf(s))]),
    problem: 'must name each path once, and not that of a folder in "tmpfs", "volume" or "volumes"',
  },
  {
    key: 'files',
    holds: (s) => areUnique([...pathsIn(valueAt(s, 'files')), ...new Set(foldersOf(s))]),
    problem:
      'must name each path once, and not that of a folder in "tmpfs", "volume", "volumes" or "bindMounts"',
  },
  {
    key: 'kubernetes.storageClass',
    holds: (s) => !has(s, 'kubernetes', 'storageClass') || has(s, 'volume') || hasSizedVolume(s),
    problem: 'needs "volume", or "volumes" with a "size": it is the storage class of these volumes',
  },
  {
    key: 'shmSize',
    holds: (s) => !has(s, 'shmSize') || !foldersOf(s).includes('/dev/shm'),
    problem: 'must be left out: "tmpfs", "volume", "volumes" or "bindMounts" already has /dev/shm',
  },
];

const startRule: Rule = {
  key: 'start',
  holds: (s) => !has(s, 'start') || (!has(s, 'entrypoint') && !has(s, 'command')),
  problem: 'must be left out with "entrypoint" or "command": it replaces both',
};

/** Additional rules for source services. */
export const sourceRules: Rule[] = [
  {
    key: 'start',
    holds: (s) =>
      !has(s, 'build') ||
      ['start', 'dockerfile'].some((key) => has(s, key)) ||
      valueAt(s, 'runtime', 'name') === 'static',
    problem: 'is missing: a service with "build" needs the command that starts the result',
  },
  ...['build', 'runtime'].map((key) => ({
    key,
    holds: (s: object) => !has(s, key) || !has(s, 'dockerfile'),
    problem: 'must be left out with "dockerfile": a Dockerfile builds the service',
  })),
  {
    key: 'dockerfile.context',
    holds: (s) => {
      const [outer, inner] = [valueAt(s, 'dockerfile', 'context'), valueAt(s, 'source')];
      // A path that leaves the repository is reported already.
      const isPath = typeof outer === 'string' && typeof inner === 'string' && !outer.includes('..');
      return !isPath || contains(outer, inner);
    },
    problem: 'must be a folder that contains "source"',
  },
  ...['entrypoint', 'command'].map((key) => ({
    key,
    holds: (s: object) => !has(s, key) || has(s, 'dockerfile'),
    problem: 'must be left out without "dockerfile": "start" is the command of a built service',
  })),
  {
    key: 'buildSecrets',
    holds: (s) => !has(s, 'dockerfile') || !has(s, 'buildSecrets'),
    problem:
      'must be left out with "dockerfile": the Docker provider of Pulumi, which builds the image, passes no secrets to BuildKit; use "build"',
  },
  startRule,
];

/** Additional rules for image services. */
export const imageRules: Rule[] = [
  {
    key: 'preDeploy.migrations',
    holds: (s) => !has(s, 'preDeploy', 'migrations'),
    problem: 'must be left out: an image service has no source folder that contains the files',
  },
  startRule,
];

function dividesRequests(service: object): boolean {
  return ['canary', 'blueGreen'].includes(String(valueAt(service, 'rollout', 'strategy')));
}

/** Whether the service runs to its end once; see `runsOnce`. */
function isOnce(service: object): boolean {
  const policy = valueAt(service, 'restart', 'policy') ?? valueAt(service, 'restart');
  return policy === 'never' && !['port', 'health', 'cron'].some((key) => has(service, key));
}

function has(service: object, ...path: string[]): boolean {
  return valueAt(service, ...path) !== undefined;
}

/** Returns whether a service has one replica. True for an invalid range, which is reported already. */
function isOne(service: object): boolean {
  const bounds = [valueAt(service, 'replicas', 'min'), valueAt(service, 'replicas', 'max')];
  return bounds.every((bound) => typeof bound !== 'number' || bound === 1);
}
