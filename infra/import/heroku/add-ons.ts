import { dataKinds, type DataType } from '../../data/index.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { emptyService, type ImportedService } from '../facts.ts';
import { say } from '../say.ts';
import { cannot, childrenOf, defaulted, placeOnly, type Ledger } from '../ledger.ts';
import { itemsOf, textOf } from '../read.ts';
import { variableOf } from '../values.ts';

/** By the add-on: the data service in its place, and the variable with its address without `_URL`. */
const known: Record<string, [type: DataType, attachment: string]> = {
  'heroku-postgresql': ['postgres', 'DATABASE'],
  'heroku-redis': ['redis', 'REDIS'],
  rediscloud: ['redis', 'REDISCLOUD'],
  jawsdb: ['mysql', 'JAWSDB'],
  'jawsdb-maria': ['mariadb', 'JAWSDB_MARIA'],
};

const ofOthers = cannot(
  'this add-on has no data service in its place',
  'write its address as a secret: `variables: { NAME: "${{secret.NAME}}" }`',
);
const ofName = cannot('another service has its name', 'name it with `as`, then import again');
const ofEvery = defaulted('the stack file has it for all environments');
const ofOptions = cannot('only Heroku has this option', 'leave it out');

interface AddOns {
  /** The processes, which get the addresses. */
  services: readonly ImportedService[];
  /** The data services that all environments have. */
  shared: readonly ImportedService[];
  ledger: Ledger;
}

/** Takes the add-ons of an app or of an environment, each a plan or a map with it. Returns their data services. */
export function readAddOns(tree: Tree, { services, shared, ledger }: AddOns): ImportedService[] {
  const found: ImportedService[] = [];
  const names = new Set(services.map(({ name }) => name));
  if (itemsOf(tree).length === 0) ledger.settle(tree, defaulted('it names no add-on'));
  for (const item of itemsOf(tree)) {
    const plan = item.kind === 'map' ? treeAt(item, ['plan']) : item;
    const slug = (textOf(plan) ?? '').split(':')[0] ?? '';
    const [type, standard] = known[slug] ?? [];
    if (plan === undefined || type === undefined || standard === undefined) {
      ledger.settle(item, ofOthers);
      continue;
    }
    const as = treeAt(item, ['as']);
    const name = names.has(type) ? (textOf(as) ?? type).toLowerCase() : type;
    if (shared.some((other) => other.name === name)) {
      ledger.settle(item, ofEvery);
      continue;
    }
    if (names.has(name)) {
      ledger.settle(item, ofName);
      continue;
    }
    names.add(name);
    const service = emptyService(name, placeOnly(item));
    const version = treeAt(item, ['options', 'version']);
    const items = version === undefined ? [plan] : [plan, version];
    const { image } = dataKinds[type];
    const from: Tree = { kind: 'list', place: plan.place, items };
    say(service, 'image', version === undefined ? image : `${image}:${textOf(version)}`, from);
    found.push(service);
    const variable = `${textOf(as) ?? standard}_URL`;
    const value = `\${{${name}.${variableOf(dataKinds[type], 'url')}}}`;
    for (const { variables } of services) variables.set(variable, { value, from: as ?? plan });
    for (const [key, option] of childrenOf(treeAt(item, ['options'])))
      if (key !== 'version') ledger.settle(option, ofOptions);
  }
  return found;
}
