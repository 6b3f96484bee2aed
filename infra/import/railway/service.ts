import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { say, type ImportedService, type NamesOf } from '../facts.ts';
import { cannot, childrenOf, defaulted, type Ledger, type Outcome } from '../ledger.ts';
import { durationOf, numberOf, settle, textOf, textsOf, type Rules } from '../read.ts';
import { sizeOf } from '../sizes.ts';

export interface RailwayService {
  service: ImportedService;
  /** Folder of the file, relative to the imported folder. */
  folder: string;
  /** Whether a file exists, by its path relative to the imported folder. */
  exists: (path: string) => boolean;
  ledger: Ledger;
}

type Rule = Rules<RailwayService>[string];

export function text(name: NamesOf<string>): Rule {
  return (tree, { service }) => {
    const value = textOf(tree);
    if (value !== undefined && value !== '') say(service, name, value as never, tree);
    return value === '' || value === undefined ? isDefault : undefined;
  };
}

export function number(name: NamesOf<number>): Rule {
  return (tree, { service }) => {
    const value = durationOf(tree) ?? numberOf(tree);
    if (value !== undefined) say(service, name, value, tree);
    return isNull(tree) ? isDefault : undefined;
  };
}

export function variables(tree: Tree, { service }: RailwayService): undefined {
  for (const [name, from] of childrenOf(tree)) {
    const value = textOf(from.kind === 'map' ? treeAt(from, ['value']) : from);
    if (value !== undefined) service.variables.set(name, { value, from });
  }
}

const isDefault = defaulted('it is the default of the platform');
const isNull = (tree: Tree) => tree.kind === 'scalar' && tree.value === null;
export const ofEditor = defaulted('editors read it');
const ofInputs = defaulted('a service is built again after a change of what its artifact contains');
const onePlace = cannot('an environment runs in one place', 'make an environment for each region');

function builder(tree: Tree, place: RailwayService): Outcome | undefined {
  const name = (textOf(tree) ?? '').toUpperCase();
  if (name === 'DOCKERFILE') {
    if (place.service.facts.dockerfile === undefined) say(place.service, 'dockerfile', 'Dockerfile', tree);
    return undefined;
  }
  return defaulted('Railhead builds by what the folder contains');
}

/** A path is relative to the folder of the service, or else to the repository, which is then the build context. */
function dockerfilePath(tree: Tree, { service, folder, exists }: RailwayService): Outcome | undefined {
  const path = posix.normalize(textOf(tree) ?? '').replace(/^\//, '');
  if (path === '.') return isDefault;
  const isOfRepository = folder !== '.' && !exists(posix.join(folder, path)) && exists(path);
  if (isOfRepository) say(service, 'folder', '.', tree);
  say(service, 'dockerfile', path, tree);
  return undefined;
}

function preDeploy(tree: Tree, { service }: RailwayService): Outcome | undefined {
  const commands = textsOf(tree).filter((command) => command !== '');
  if (commands.length === 0) return isDefault;
  say(service, 'preDeploy', commands, tree);
  return undefined;
}

function restart(tree: Tree, { service }: RailwayService): undefined {
  const known = { ON_FAILURE: 'on-failure', ALWAYS: 'always', NEVER: 'never' } as const;
  const policy = (textOf(tree) ?? '').toUpperCase();
  if (Object.hasOwn(known, policy)) say(service, 'restart', known[policy as keyof typeof known], tree);
}

function memory(tree: Tree, { service }: RailwayService): Outcome | undefined {
  const value = sizeOf(textOf(tree) ?? '');
  if (value !== undefined) say(service, 'memory', value, tree);
  return isNull(tree) ? isDefault : undefined;
}

const build: Rules<RailwayService> = {
  builder,
  dockerfilePath,
  buildCommand: text('build'),
  watchPatterns: settle(ofInputs),
  nixpacksVersion: settle(defaulted('Nixpacks does not build it')),
  railpackVersion: settle(defaulted('Railpack does not build it')),
  buildEnvironment: settle(defaulted('Railhead builds on the machine that deploys')),
};

const deploy: Rules<RailwayService> = {
  startCommand: text('start'),
  preDeployCommand: preDeploy,
  healthcheckPath: text('healthPath'),
  healthCheckPath: text('healthPath'),
  healthcheckTimeout: number('healthTimeout'),
  healthCheckTimeout: number('healthTimeout'),
  numReplicas: number('replicas'),
  minReplicas: number('minReplicas'),
  maxReplicas: number('maxReplicas'),
  targetCPU: number('cpuTarget'),
  targetMemory: number('memoryTarget'),
  restartPolicyType: restart,
  restartPolicyMaxRetries: number('retries'),
  cronSchedule: text('cron'),
  sleepApplication: (tree, { service }) => {
    if (textOf(tree) !== 'true') return isDefault;
    say(service, 'sleep', '', tree);
    return undefined;
  },
  overlapSeconds: settle(defaulted('the old version stops when the new one is ready')),
  drainingSeconds: number('drain'),
  requiredMountPath: text('volumePath'),
  'resources.cpu': text('cpu'),
  'resources.memory': memory,
  'limitOverride.containers.cpu': text('cpu'),
  'limitOverride.containers.memoryBytes': memory,
  region: settle(onePlace),
  multiRegionConfig: settle(onePlace),
  runtime: settle(defaulted('it chooses the runtime of Railway')),
  useLegacyStacker: settle(defaulted('it chooses the runtime of Railway')),
  ipv6EgressEnabled: settle(defaulted('the network of the platform decides')),
};

/** The fields of `build` and `deploy`, there or directly in the service. */
export const railwayRules: Rules<RailwayService> = {
  $schema: settle(ofEditor),
  ...build,
  ...prefixed('build', build),
  ...deploy,
  ...prefixed('deploy', deploy),
  image: text('image'),
  envVars: variables,
  variables,
  environment: variables,
  env: variables,
};

export function prefixed(start: string, rules: Rules<RailwayService>): Rules<RailwayService> {
  return Object.fromEntries(Object.entries(rules).map(([path, rule]) => [`${start}.${path}`, rule]));
}
