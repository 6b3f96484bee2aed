import type { Tree } from '../../../stack/tree.ts';
import { treeAt } from '../../../stack/tree.ts';
import type { Imported } from '../../facts.ts';
import { say, sayItem } from '../../say.ts';
import { cannot, childrenOf, defaulted } from '../../ledger.ts';
import { numberOf, settle, textOf, type Rules } from '../../read.ts';
import { toSecretName } from '../../secrets.ts';
import { sizeOf } from '../../sizes.ts';
import { onePlace, preDeploy, size, text } from '../../take.ts';
import { railwayRules, type RailwayService } from '../service.ts';

type Rule = Rules<RailwayService>[string];

const buildCommand = text('build');

/** A number, or one for each region. */
const replicas: Rule = (tree, { service }) => {
  const counts =
    tree.kind === 'map' ? childrenOf(tree).map(([, count]) => numberOf(count)) : [numberOf(tree)];
  const sum = counts.reduce<number>((all, count) => all + (count ?? 0), 0);
  if (sum > 0) say(service, 'replicas', sum, tree);
  return counts.length > 1 ? onePlace : undefined;
};

const domain: Rule = (tree, { service }) => {
  const found = childrenOf(tree).map(([, item]) =>
    textOf(item.kind === 'map' ? treeAt(item, ['domain']) : item),
  );
  const names = found.filter((name) => name !== undefined);
  if (names.length > 0) say(service, 'domain', names, tree);
  return names.length === 0 ? defaulted('the service has no domain') : undefined;
};

/** `preserve()` and random values become secrets: the file does not contain them. */
function variables({ secrets }: Imported): Rule {
  return (tree, { service }) => {
    for (const [name, from] of childrenOf(tree)) {
      const secret = toSecretName(name);
      if (treeAt(from, ['secret']) !== undefined) secrets.set(secret, undefined);
      const value = treeAt(from, ['secret']) === undefined ? textOf(from) : `\${{secret.${secret}}}`;
      if (value !== undefined) service.variables.set(name, { value, from });
    }
    return undefined;
  };
}

/** Returns the rules for a service of `.railway/railway.ts`. */
export function iacRules(imported: Imported): Rules<RailwayService> {
  return {
    ...railwayRules,
    'source.github': settle(defaulted('Railhead builds folders of this repository')),
    'source.branch': settle(defaulted('Railhead builds the commit that is checked out')),
    'source.checkSuites': settle(defaulted('a pipeline decides when it runs `up`')),
    'source.image': text('image'),
    build: (tree, place) => (tree.kind === 'scalar' ? buildCommand(tree, place) : undefined),
    start: text('start'),
    preDeploy,
    preDeployCommand: preDeploy,
    healthcheck: text('healthPath'),
    cron: text('cron'),
    replicas,
    domains: domain,
    'networking.privateNetworkEndpoint': settle(defaulted('the name of the service is its address')),
    'networking.tcpProxies': settle(cannot('the gateway publishes HTTP only', 'leave it out')),
    env: variables(imported),
    variables: variables(imported),
  };
}

const volumeSize = size('volumeSize', 'MB');

/** Takes the volumes that a service mounts, by their paths. */
export function readMounts(mounts: Tree | undefined, volumes: Tree | undefined, place: RailwayService): void {
  const { service } = place;
  for (const [path, from] of childrenOf(mounts)) {
    const capacity = volumes && treeAt(volumes, [textOf(from) ?? '', 'sizeMB']);
    if (service.facts.volumePath === undefined) {
      say(service, 'volumePath', path, from);
      if (capacity !== undefined) volumeSize(capacity, place);
      continue;
    }
    const size = sizeOf(textOf(capacity) ?? '', 'MB');
    const whole: Tree = { kind: 'list', place: from.place, items: capacity ? [from, capacity] : [from] };
    sayItem(service, 'moreVolumes', { path, name: textOf(from), size, readOnly: false, from: whole });
  }
}
