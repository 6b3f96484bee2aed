import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { say } from '../say.ts';
import { cannot, childrenOf, defaulted, placeOnly, type Ledger, type Outcome } from '../ledger.ts';
import { settle, textOf, textsOf, wordsOf, type Rules } from '../read.ts';
import {
  folderOf,
  isDefault,
  number,
  ofContents,
  ofInputs,
  ofPlace,
  ofPullRequests,
  preDeploy,
  prefixed,
  size,
  text,
  type Taking,
} from '../take.ts';
import { ipAllowList, ofName } from './database.ts';
import { servicePlan } from './plans.ts';

export interface RenderService extends Taking {
  /** `web`, `pserv`, `worker`, `cron` or `keyvalue`. */
  type: string;
  ledger: Ledger;
}

const isStore = (type: string) => type === 'keyvalue' || type === 'redis';

export function typeOf(tree: Tree): string {
  return textOf(treeAt(tree, ['type'])) ?? 'web';
}

/** Takes the folder and the Dockerfile of a service that Render builds. Their paths are relative to `rootDir`. */
export function pathsOf(tree: Tree, { service, type, ledger }: RenderService): void {
  const image = treeAt(tree, ['image', 'url']);
  if (isStore(type)) return say(service, 'image', 'redis', treeAt(tree, ['type']) ?? tree);
  if (image !== undefined) return;
  const [root, context, dockerfile] = ['rootDir', 'dockerContext', 'dockerfilePath'].map((key) =>
    treeAt(tree, [key]),
  );
  const base = folderOf(root);
  const source = posix.join(base, folderOf(context));
  const runtime = treeAt(tree, ['runtime']) ?? treeAt(tree, ['env']);
  const isAbove = source !== base && (source === '.' || base.startsWith(`${source}/`));
  const from = [root, isAbove ? undefined : context].filter((path) => path !== undefined);
  const place: Tree = from.length === 0 ? placeOnly(tree) : { kind: 'list', place: tree.place, items: from };
  say(service, 'folder', isAbove ? base : source, place);
  if (isAbove && context !== undefined) say(service, 'buildContext', source, context);
  if (dockerfile === undefined && textOf(runtime) !== 'docker') return;
  const file = posix.join(base, textOf(dockerfile) ?? 'Dockerfile');
  say(service, 'dockerfile', posix.relative(source, file), dockerfile ?? runtime ?? tree);
  if (dockerfile !== undefined && runtime !== undefined)
    ledger.settle(runtime, defaulted('the Dockerfile builds the service'));
}

/** Public services, and private ones that others connect to. */
function type(tree: Tree, { service, type }: RenderService): Outcome | undefined {
  service.listens = type === 'web' || type === 'pserv';
  // A web service has to listen on PORT, which Render sets. Render finds the ports of a private service.
  if (type === 'pserv' && treeAt(service.from, ['image', 'url']) !== undefined) service.ownPort = tree;
  if (type === 'web') service.published = { value: undefined, from: tree };
  if (isStore(type) || type === 'web') return undefined;
  return type === 'pserv' || type === 'worker' || type === 'cron'
    ? defaulted(`${type === 'cron' ? 'a service with `cron`' : 'a service without a route'} is private`)
    : cannot(`${JSON.stringify(type)} is no type of service`, 'correct it, then import again');
}

function runtime(tree: Tree, { service }: RenderService): Outcome | undefined {
  const name = textOf(tree);
  if (name === 'docker') return undefined;
  if (name === 'static') {
    say(service, 'runtime', name, tree);
    return undefined;
  }
  return name === 'image' ? defaulted('the service runs an image') : ofContents;
}

const domain: Rules<RenderService>[string] = (tree, { service }) => {
  say(service, 'domain', textsOf(tree), tree);
  return undefined;
};

const ofRegistry = cannot('credentials are not in a blueprint', 'name them in `imagePullSecrets`');
const ofPipeline = defaulted('a pipeline decides when it runs `up`');
const noHeaders = cannot(
  'the server of a static site sets no headers of its own',
  'set them in the proxy in front of the gateway, or serve the files with a program of yours',
);
const noRedirects = cannot(
  'the server of a static site does not redirect',
  'make a page at this path that leads to the other one',
);

/** A rewrite of all paths to index.html is that of an app that reads the path itself. */
function routes(tree: Tree, { service, ledger }: RenderService): undefined {
  for (const [, route] of childrenOf(tree)) {
    const [type, source, destination] = ['type', 'source', 'destination'].map((key) =>
      textOf(treeAt(route, [key])),
    );
    const isApp = type === 'rewrite' && source === '/*' && /^\/(index\.html)?$/.test(destination ?? '');
    if (isApp) say(service, 'siteApp', 'index.html', route);
    else ledger.settle(route, noRedirects);
  }
}

/** The fields of a service. `pathsOf` reads its paths, and `readVariables` its variables. */
export const serviceRules: Rules<RenderService> = {
  name: settle(ofName),
  type,
  runtime,
  env: runtime,
  'image.url': text('image'),
  'image.creds': settle(ofRegistry),
  registryCredential: settle(ofRegistry),
  plan: (tree, place) => (isStore(place.type) ? storePlan : servicePlan(tree, place)),
  region: settle(ofPlace),
  repo: settle(
    cannot(
      'Railhead builds folders of this repository',
      'if the code is in another one, clone it into a folder',
    ),
  ),
  branch: settle(defaulted('Railhead builds the commit that is checked out')),
  buildCommand: text('build'),
  startCommand: text('start'),
  dockerCommand: (tree, { service }) => {
    const words = wordsOf(textOf(tree) ?? '');
    if (words.length > 0) say(service, 'command', words, tree);
    return undefined;
  },
  preDeployCommand: preDeploy,
  envVars: (tree) => (tree.kind === 'list' && tree.items.length === 0 ? isDefault : undefined),
  initialDeployHook: settle(
    cannot(
      'no command runs in the first deployment only',
      'write a service with `restart: never`, which runs once for each version',
    ),
  ),
  schedule: text('cron'),
  healthCheckPath: text('healthPath'),
  numInstances: number('replicas'),
  ...prefixed<RenderService>('scaling', {
    minInstances: number('minReplicas'),
    maxInstances: number('maxReplicas'),
    targetCPUPercent: number('cpuTarget'),
    targetMemoryPercent: number('memoryTarget'),
  }),
  maxShutdownDelaySeconds: number('drain'),
  'disk.name': settle(defaulted('the volume belongs to the service')),
  'disk.mountPath': text('volumePath'),
  'disk.sizeGB': size('volumeSize', 'GB'),
  domains: domain,
  domain,
  buildFilter: settle(ofInputs),
  autoDeploy: settle(ofPipeline),
  autoDeployTrigger: settle(ofPipeline),
  previews: settle(ofPullRequests),
  pullRequestPreviewsEnabled: settle(ofPullRequests),
  ipAllowList,
  maxmemoryPolicy: (tree, { service }) => {
    const value = textOf(tree)?.replaceAll('_', '-');
    if (value !== undefined) say(service, 'command', ['--maxmemory-policy', value], tree);
    return undefined;
  },
  persistenceMode: settle(defaulted('a data service keeps its data')),
  maintenanceMode: settle(cannot('the gateway has no maintenance mode', 'leave it out')),
  renderSubdomainPolicy: settle(defaulted('the gateway answers for its own hosts only')),
  staticPublishPath: text('siteOutput'),
  headers: settle(noHeaders),
  routes,
};

const storePlan = cannot('a plan of Render has no counterpart', 'write `resources`');
