import type { Tree } from '../stack/tree.ts';
import {
  annotations,
  bindMounts,
  mountedFiles,
  capabilities,
  readOnly,
  stopSignal,
  tmpfs,
  ulimits,
  user,
} from './container.ts';
import type { Fact, Facts, Vocabulary } from './facts.ts';
import { cannot, defaulted, type Outcome } from './ledger.ts';
import { morePorts } from './further-ports.ts';
import { lost, to, type Place, type Rule } from './rule.ts';

/** Applies a rule only if the service also has one of these facts. */
function onlyWith<T>(names: (keyof Facts)[], rule: Rule<T>, otherwise: Outcome): Rule<T> {
  return (fact, place) =>
    names.every((name) => place.facts[name] === undefined) ? otherwise : rule(fact, place);
}

function unlessDockerfile<T>(rule: Rule<T>, why: string, next: string): Rule<T> {
  return (fact, place) => (place.facts.dockerfile === undefined ? rule(fact, place) : cannot(why, next));
}

const seconds = (value: number) => `${value}s`;
const cores = (text: string) => (/^\d*\.?\d+$/.test(text) ? Number(text) : text);
const isRange = ({ minReplicas, maxReplicas }: Facts) =>
  minReplicas !== undefined || maxReplicas !== undefined;

const dockerfile: Rule<string> = (fact, place) => {
  const { facts, hasArguments } = place;
  const isMap = hasArguments || facts.buildContext !== undefined || facts.buildTarget !== undefined;
  return to<string>(isMap ? 'dockerfile.path' : 'dockerfile')(fact, place);
};
const ofImage = cannot('only a container has an entry point', 'write the whole command as `start`');
const ofDockerfile = cannot(
  'only the build of a Dockerfile has a context and a target',
  'write a Dockerfile, and name it as `dockerfile`',
);

/**
 * What each fact becomes in the stack file, in the order of its fields. A fact for which the stack file gets a field needs a change of
 * its line here and nowhere else.
 */
const table: { [Name in keyof Vocabulary]: Rule<Vocabulary[Name]> } = {
  image: to('image'),
  folder: to('source'),
  dockerfile,
  buildContext: onlyWith(['dockerfile'], to('dockerfile.context'), ofDockerfile),
  buildTarget: onlyWith(['dockerfile'], to('dockerfile.target'), ofDockerfile),
  runtime: unlessDockerfile(
    onlyWith(['folder'], to('runtime'), defaulted('the image contains the runtime')),
    'the Dockerfile names the image of its runtime',
    'write the version into the Dockerfile',
  ),
  // `planSite` writes them.
  siteOutput: () => [],
  siteApp: () => [],
  build: unlessDockerfile(
    to('build'),
    'the Dockerfile builds the service',
    'write the command into the Dockerfile',
  ),
  start: to('start'),
  entrypoint: onlyWith(['image', 'dockerfile'], to('entrypoint'), ofImage),
  command: onlyWith(['image', 'dockerfile'], to('command'), ofImage),
  preDeploy: to('preDeploy', (commands) => (commands.length === 1 ? (commands[0] ?? '') : commands)),
  port: to('port'),
  morePorts,
  replicas: (fact, place) =>
    isRange(place.facts)
      ? defaulted('the range of replicas replaces it')
      : to<number>('replicas')(fact, place),
  minReplicas: to('replicas.min'),
  maxReplicas: to('replicas.max'),
  cpuTarget: to('replicas.cpu'),
  memoryTarget: to('replicas.memory'),
  cpu: to('resources.cpu', cores),
  memory: to('resources.memory'),
  reservedCpu: to('resources.requests.cpu', cores),
  reservedMemory: to('resources.requests.memory'),
  healthPath: to('health.path'),
  healthCommand: to('health.command'),
  healthTimeout: onlyWith(
    ['healthPath', 'healthCommand'],
    to('health.timeout', seconds),
    defaulted('without a path or command there is no health check that has a timeout'),
  ),
  cron: to('cron'),
  restart: to('restart.policy'),
  retries: to('restart.maxRetries'),
  drain: to('drain', seconds),
  metrics: to('metrics'),
  volumePath: to('volume.path'),
  volumeSize: onlyWith(['volumePath'], to('volume.size'), defaulted('the service has no volume')),
  // `writeVolumes` writes them.
  moreVolumes: () => [],
  bindMounts,
  mountedFiles,
  user,
  readOnly,
  tmpfs,
  stopSignal,
  shmSize: to('shmSize'),
  ulimits,
  capabilities,
  gpu: to('resources.gpu'),
  annotations,
  // `planGateway` makes its route.
  domain: () => [],
  sleep: lost(
    'a service that sleeps without requests is not supported',
    'scale a worker to zero by its queue: `replicas: { min: 0, max: 5, queue: … }`',
  ),
};

/** Writes all facts of a service. Returns what becomes of each part of the file. */
export function applyTable(place: Place): [Tree, Outcome][] {
  const { facts } = place;
  return (Object.keys(table) as (keyof Vocabulary)[]).flatMap((name) => applyOne(name, facts, place));
}

function applyOne<Name extends keyof Vocabulary>(name: Name, facts: Facts, place: Place): [Tree, Outcome][] {
  const known: { [Key in keyof Vocabulary]?: Fact<Vocabulary[Key]> } = facts;
  const fact = known[name];
  if (fact === undefined) return [];
  const outcome = table[name](fact, place);
  return Array.isArray(outcome) ? outcome : [[fact.from, outcome]];
}
