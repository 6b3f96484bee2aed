import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { say, saySleep } from '../say.ts';
import { cannot, childrenOf, defaulted, placeOnly, type Ledger, type Outcome } from '../ledger.ts';
import { numberOf, settle, textOf, type Rules } from '../read.ts';
import {
  isDefault,
  number,
  ofContents,
  ofEditor,
  ofPlace,
  onePlace,
  pairs,
  prefixed,
  preDeploy,
  size,
  text,
  type Taking,
} from '../take.ts';
import { withInstall, type Generated } from './generated.ts';
import { inOwnFolder } from './own-folder.ts';
import { watchPatterns } from './watched.ts';

export interface RailwayService extends Taking {
  /** Folder of the file, relative to the imported folder. */
  folder: string;
  /** Whether a file exists, by its path relative to the imported folder. */
  exists: (path: string) => boolean;
  ledger: Ledger;
  /** What the platform runs without a declared command. */
  generated: Generated;
}

/** A variable is its value, or a map with it. */
const valueOf = (pair: Tree) => textOf(pair.kind === 'map' ? treeAt(pair, ['value']) : pair);

export const variables = pairs('variables', valueOf);
export const buildVariables = pairs('buildVariables', valueOf);

function builder(tree: Tree, place: RailwayService): Outcome | undefined {
  const name = (textOf(tree) ?? '').toUpperCase();
  if (name === 'DOCKERFILE') {
    if (place.service.facts.dockerfile !== undefined)
      return defaulted('another line names the Dockerfile that builds it');
    say(place.service, 'dockerfile', 'Dockerfile', tree);
    return undefined;
  }
  return ofContents;
}

/** A path is relative to the folder of the service, or else to the repository, which is then the build context. */
function dockerfilePath(tree: Tree, { service, folder, exists }: RailwayService): Outcome | undefined {
  const path = posix.normalize(textOf(tree) ?? '').replace(/^\//, '');
  if (path === '.') return isDefault;
  const isOfRepository = folder !== '.' && !exists(posix.join(folder, path)) && exists(path);
  if (isOfRepository) say(service, 'buildContext', '.', tree);
  say(service, 'dockerfile', path, tree);
  return undefined;
}

function restart(tree: Tree, { service }: RailwayService): undefined {
  const known = { ON_FAILURE: 'on-failure', ALWAYS: 'always', NEVER: 'never' } as const;
  const policy = (textOf(tree) ?? '').toUpperCase();
  if (Object.hasOwn(known, policy)) say(service, 'restart', known[policy as keyof typeof known], tree);
}

/** The platform prefers a Dockerfile that it finds, unless the file of the service names another builder. */
export function findDockerfile(tree: Tree, { service, folder, exists }: RailwayService): void {
  const { image, dockerfile } = service.facts;
  const isFree = image === undefined && dockerfile === undefined && builderOf(tree) === undefined;
  if (isFree && exists(posix.join(folder, 'Dockerfile')))
    say(service, 'dockerfile', 'Dockerfile', placeOnly(tree));
}

export const builderOf = (tree: Tree) =>
  textOf(treeAt(tree, ['build', 'builder']) ?? treeAt(tree, ['builder']));

/** Whether the commands of a file run in an image, whose files its Dockerfile chooses. */
export function runsInImage(
  tree: Tree,
  { service, folder, exists }: Omit<RailwayService, 'generated' | 'ledger'>,
): boolean {
  const { image, dockerfile } = service.facts;
  const named = ['image', 'dockerfilePath', 'build.dockerfilePath'].some((path) =>
    treeAt(tree, path.split('.')),
  );
  const builder = builderOf(tree)?.toUpperCase();
  const isFound = builder === undefined && exists(posix.join(folder, 'Dockerfile'));
  return (image ?? dockerfile) !== undefined || named || builder === 'DOCKERFILE' || isFound;
}

/** Takes the replicas of all regions, which run in the one place of an environment. */
function regions(tree: Tree, { service, ledger }: RailwayService): undefined {
  const all = childrenOf(tree).map(([, region]) => [region, treeAt(region, ['numReplicas'])] as const);
  const counts = all.flatMap(([, count]) => (numberOf(count) ? (count ?? []) : []));
  const sum = counts.reduce((sum, count) => sum + (numberOf(count) ?? 0), 0);
  if (sum > 0) say(service, 'replicas', sum, { kind: 'list', place: tree.place, items: counts });
  if (counts.length > 1) ledger.settle(tree, onePlace);
  for (const [region, count] of all)
    if (count === undefined || !counts.includes(count)) ledger.settle(count ?? region, ofPlace);
}

export function startCommand(tree: Tree, place: RailwayService): Outcome | undefined {
  const command = textOf(tree);
  if (command === undefined || command === '') return isDefault;
  say(place.service, 'start', inOwnFolder(command, tree, place), tree);
  return undefined;
}

const ofNixpacks = cannot('Nixpacks does not build it', 'write its commands as `build` and `start`');

const build: Rules<RailwayService> = {
  dockerfilePath,
  builder,
  buildCommand: (tree, place) => {
    const { service, generated } = place;
    const command = inOwnFolder(textOf(tree) ?? '', tree, place);
    if (command !== '') say(service, 'build', withInstall(command, generated), tree);
    return command === '' ? isDefault : undefined;
  },
  watchPatterns,
  args: buildVariables,
  buildArgs: buildVariables,
  nixpacksPlan: settle(ofNixpacks),
  nixpacksConfigPath: settle(ofNixpacks),
  nixpacksVersion: settle(defaulted('Nixpacks does not build it')),
  railpackVersion: settle(defaulted('Railpack does not build it')),
  buildEnvironment: settle(defaulted('Railhead builds on the machine that deploys')),
};

const deploy: Rules<RailwayService> = {
  startCommand,
  preDeployCommand: (tree, place) => preDeploy(tree, place, (command) => inOwnFolder(command, tree, place)),
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
    saySleep(service, tree);
    return undefined;
  },
  overlapSeconds: settle(defaulted('the old version stops when the new one is ready')),
  drainingSeconds: number('drain'),
  requiredMountPath: text('volumePath'),
  registryCredentials: settle(
    cannot(
      'passwords of registries are not copied',
      'for Kubernetes, write `imagePullSecrets`; for Docker, run `docker login`',
    ),
  ),
  'resources.cpu': text('cpu'),
  'resources.memory': size('memory'),
  'limitOverride.containers.cpu': text('cpu'),
  'limitOverride.containers.memoryBytes': size('memory'),
  'limitOverride.containers.diskBytes': settle(
    cannot('a container has no limit of its disk', 'leave it out'),
  ),
  region: settle(ofPlace),
  multiRegionConfig: regions,
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
  'deploy.envs': variables,
  envVars: variables,
  variables,
  environment: variables,
  env: variables,
};
