import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import type { NamesOf } from '../facts.ts';
import { say, sayItem } from '../say.ts';
import { isInside } from '../inside.ts';
import { cannot, childrenOf, defaulted, type Outcome } from '../ledger.ts';
import { durationOf, numberOf, settle, textOf, textsOf, wordsOf, type Rules } from '../read.ts';
import { sizeOf } from '../sizes.ts';
import { isDefault } from '../take.ts';
import type { ComposeService } from './compose-service.ts';
import { containerRules } from './container.ts';
import { furtherRules } from './further.ts';
import { gpus } from './gpu.ts';
import { healthOf } from './health.ts';
import { filled, substitute } from './interpolate.ts';
import { pairsOf } from './pairs.ts';
import { ofPlatform } from './platform.ts';
import { portOf, takePort } from './ports.ts';
import { isTraefikLabel } from './traefik.ts';

type Rule = Rules<ComposeService>[string];

/** Takes a field whose text is the fact. */
function text(name: NamesOf<string>): Rule {
  return (tree, { service, environment }) => {
    const value = textOf(tree);
    if (value !== undefined) say(service, name, substitute(value, environment), tree);
    return undefined;
  };
}

function size(name: 'memory' | 'reservedMemory' | 'shmSize'): Rule {
  return (tree, { service, environment }) => {
    const value = sizeOf(substitute(textOf(tree) ?? '', environment));
    if (value !== undefined) say(service, name, value, tree);
    return undefined;
  };
}

const ofRuntime = cannot('the target chooses the runtime of containers', 'leave it out');
const ofPolicy = defaulted('containers run without privileges');

function context(tree: Tree, { service, environment }: ComposeService): Outcome | undefined {
  const path = substitute(textOf(tree) ?? '.', environment);
  if (/^(https?:|git@|git:|ssh:)|\.git(#|$)/.test(path))
    return cannot('the code is in another repository', 'clone it into a folder of this one');
  const folder = posix.join(environment.folder, path).replace(/\/$/, '');
  if (!isInside(folder))
    return cannot('the folder is outside of this one', 'import from the folder above both');
  say(service, 'folder', folder, tree);
  if (service.facts.dockerfile === undefined) say(service, 'dockerfile', 'Dockerfile', tree);
  return undefined;
}

function dockerfile(tree: Tree, { service, environment }: ComposeService): undefined {
  say(service, 'dockerfile', posix.normalize(substitute(textOf(tree) ?? 'Dockerfile', environment)), tree);
}

function ports(tree: Tree, place: ComposeService): Outcome | undefined {
  const found = portOf(tree, place.environment);
  return found === undefined
    ? cannot('ranges and UDP ports are not supported', 'name each TCP port in `ports`')
    : takePort(found, place);
}

function test(tree: Tree, { service, environment }: ComposeService): Outcome | undefined {
  const port = service.facts.port?.value ?? numberOf(treeAt(service.from, ['environment', 'PORT']));
  const health = healthOf(tree, port, (text) => substitute(text, environment));
  if (health === 'none') return defaulted('the service has no health check');
  if ('path' in health) say(service, 'healthPath', health.path, tree);
  else say(service, 'healthCommand', health.command, tree);
  return undefined;
}

function restart(tree: Tree, { service, environment }: ComposeService): undefined {
  const [policy = '', retries] = (textOf(filled(tree, environment)) ?? '').split(':');
  const known = {
    always: 'always',
    'unless-stopped': 'always',
    any: 'always',
    'on-failure': 'on-failure',
    no: 'never',
    none: 'never',
    false: 'never',
  } as const;
  if (!Object.hasOwn(known, policy)) return;
  say(service, 'restart', known[policy as keyof typeof known], tree);
  if (retries !== undefined && /^\d+$/.test(retries)) say(service, 'retries', Number(retries), tree);
}

function replicas(tree: Tree, { service, environment }: ComposeService): undefined {
  const number = Number(substitute(textOf(tree) ?? '', environment));
  if (Number.isInteger(number) && number > 0) say(service, 'replicas', number, tree);
}

/** Takes a command of an image, which is fetched or built. */
function imageCommand(name: 'command' | 'entrypoint'): Rule {
  return (tree, { service, environment }) => {
    const words = textsOf(tree).map((word) => substitute(word, environment));
    const [line = ''] = words;
    const value = tree.kind === 'list' ? words : /["'\\]/.test(line) ? wordsOf(line) : line;
    if (words.length > 0) say(service, name, value, tree);
    return undefined;
  };
}

function dependsOn(tree: Tree, { service }: ComposeService): Outcome | undefined {
  const names =
    tree.kind === 'list' ? tree.items.map((item) => [textOf(item) ?? '', item] as const) : childrenOf(tree);
  for (const [name, from] of names) {
    const condition = textOf(treeAt(from, ['condition']));
    service.dependsOn.push({ value: name, from, isOnce: condition === 'service_completed_successfully' });
  }
  return undefined;
}

const ofLabels = cannot(
  'labels configure programs of the platform',
  'write `gateway.routes` for a proxy, `metrics` for Prometheus',
);

/** Settles the labels that `readTraefik` does not read. */
function labels(tree: Tree, { environment }: ComposeService): Outcome | undefined {
  const pairs = pairsOf(tree);
  for (const [name, , from] of pairs) if (!isTraefikLabel(name)) environment.ledger.settle(from, ofLabels);
  return pairs.length === 0 ? ofLabels : undefined;
}

/** The fields of a service of Compose. Other functions read variables, mounts, profiles and `extends`. */
export const serviceRules: Rules<ComposeService> = {
  build: (tree, place) => (tree.kind === 'scalar' ? context(tree, place) : undefined),
  'build.context': context,
  'build.dockerfile': dockerfile,
  'build.target': text('buildTarget'),
  'build.cache_from': settle(defaulted('the cache of the builder is used')),
  image: (tree, { service, environment }) => {
    if (service.facts.folder !== undefined) return defaulted('Railhead names the image that it builds');
    say(service, 'image', substitute(textOf(tree) ?? '', environment), tree);
    return undefined;
  },
  command: imageCommand('command'),
  entrypoint: imageCommand('entrypoint'),
  'ports.*': ports,
  'expose.*': ports,
  'healthcheck.test': test,
  'healthcheck.start_period': (tree, { service, environment }) => {
    const value = durationOf(filled(tree, environment));
    if (value === 0) return isDefault;
    if (value !== undefined) say(service, 'healthTimeout', Math.max(60, value), tree);
    return undefined;
  },
  ...ofPlatform,
  ...furtherRules,
  annotations: (tree, { service, environment }) => {
    for (const [name, value, from] of pairsOf(tree))
      sayItem(service, 'annotations', { name, value: substitute(value ?? '', environment), from });
    return undefined;
  },
  restart,
  'deploy.restart_policy.condition': restart,
  'deploy.restart_policy.max_attempts': (tree, { service, environment }) => {
    const number = numberOf(filled(tree, environment));
    if (number !== undefined) say(service, 'retries', number, tree);
    return undefined;
  },
  scale: replicas,
  'deploy.replicas': replicas,
  cpus: text('cpu'),
  'deploy.resources.limits.cpus': text('cpu'),
  mem_limit: size('memory'),
  'deploy.resources.limits.memory': size('memory'),
  'deploy.resources.reservations.cpus': text('reservedCpu'),
  mem_reservation: size('reservedMemory'),
  'deploy.resources.reservations.memory': size('reservedMemory'),
  'deploy.resources.reservations.devices': gpus,
  gpus,
  runtime: (tree, place) => (textOf(tree) === 'nvidia' ? gpus(tree, place) : ofRuntime),
  stop_grace_period: (tree, { service, environment }) => {
    const value = durationOf(filled(tree, environment));
    if (value !== undefined) say(service, 'drain', value, tree);
    return undefined;
  },
  stop_signal: text('stopSignal'),
  user: text('user'),
  read_only: text('readOnly'),
  shm_size: size('shmSize'),
  ...containerRules,
  cap_drop: settle(ofPolicy),
  security_opt: settle(ofPolicy),
  privileged: (tree) =>
    textOf(tree) === 'false'
      ? ofPolicy
      : cannot('containers run without privileges', 'run it outside of Railhead'),
  depends_on: dependsOn,
  labels,
  'deploy.labels': labels,
};
