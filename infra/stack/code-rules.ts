import { valueAt, type Rule } from './rules.ts';

/** What must hold between the fields of a source or image service. */
export const codeRules: Rule[] = [
  {
    key: 'port',
    holds: (s) => !(has(s, 'cron') && has(s, 'port')),
    problem: 'must be left out: a service with "cron" ends by itself, so nobody can reach it',
  },
  {
    key: 'health',
    holds: (s) => !(has(s, 'cron') && has(s, 'health')),
    problem: 'must be left out: a service with "cron" ends by itself',
  },
  {
    key: 'minReady',
    holds: (s) => !(has(s, 'cron') && has(s, 'minReady')),
    problem: 'must be left out: a service with "cron" ends by itself',
  },
  {
    key: 'volume',
    holds: (s) => !(has(s, 'cron') && has(s, 'volume')),
    problem: 'must be left out: a service with "cron" keeps nothing',
  },
  {
    key: 'replicas',
    holds: (s) => !has(s, 'cron') || isOne(s),
    problem: 'must be 1 or left out beside "cron": ticks never overlap',
  },
  {
    key: 'replicas',
    holds: (s) => !has(s, 'volume') || isOne(s),
    problem: 'must be 1 beside "volume": replicas cannot share it',
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
    holds: (s) => !has(s, 'metrics') || has(s, 'port') || has(s, 'health'),
    problem: 'needs "port" or "health": without them nothing listens',
  },
];

/** What must hold for a source service besides. */
export const sourceRules: Rule[] = [
  {
    key: 'start',
    holds: (s) => !has(s, 'build') || has(s, 'start'),
    problem: 'is missing: "build" does not tell how the result is started',
  },
  {
    key: 'dockerfile',
    holds: (s) => !has(s, 'dockerfile') || (!has(s, 'build') && !has(s, 'start')),
    problem: 'must be left out beside "build" or "start": it builds and starts by itself',
  },
  {
    key: 'buildVariables',
    holds: (s) => has(s, 'dockerfile') || !isFilled(valueAt(s, 'buildVariables')),
    problem: 'must be left out without "dockerfile": nothing else takes them',
  },
];

function has(service: object, ...path: string[]): boolean {
  return valueAt(service, ...path) !== undefined;
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

/** Replicas are a range here; where they are wrong by themselves, this says nothing more. */
function isOne(service: object): boolean {
  const bounds = [valueAt(service, 'replicas', 'min'), valueAt(service, 'replicas', 'max')];
  return bounds.every((bound) => typeof bound !== 'number' || bound === 1);
}
