import { treeAt, type Tree } from '../../stack/tree.ts';
import { refusedEnvironment } from '../environments.ts';
import { emptyService, type Imported, type ImportedService } from '../facts.ts';
import { say } from '../say.ts';
import { cannot, childrenOf, defaulted, placeOnly, type Ledger, type Outcome } from '../ledger.ts';
import { applyRules, numberOf, settle, textOf, type Rules } from '../read.ts';
import { toSecretName } from '../secrets.ts';
import { ofContents, ofEditor, ofPullRequests } from '../take.ts';
import { readAddOns } from './add-ons.ts';

/** The processes whose fields are read: those of the Procfile, or what an environment changes in them. */
interface Processes {
  services: readonly ImportedService[];
  imported: Imported;
  ledger: Ledger;
}

/** Takes what app.json says about the processes, and what differs in its environments. */
export function readApp(tree: Tree, imported: Imported, ledger: Ledger): void {
  const services = [...imported.services];
  applyRules(tree, { ...appRules, ...processRules }, { services, imported, ledger }, ledger);
  const shared = addOnsOf(tree, { services, imported, ledger }, []);
  imported.services.push(...shared);
  for (const [environment, own] of childrenOf(treeAt(tree, ['environments']))) {
    const refused = refusedEnvironment(environment);
    if (refused !== undefined) {
      ledger.settle(own, refused);
      continue;
    }
    const copies = services.map(({ name }) => emptyService(name, own));
    const processes = { services: copies, imported, ledger };
    applyRules(own, processRules, processes, ledger);
    imported.environments.set(environment, [...copies, ...addOnsOf(own, processes, shared)]);
  }
}

function addOnsOf(tree: Tree, processes: Processes, shared: readonly ImportedService[]): ImportedService[] {
  const addOns = treeAt(tree, ['addons']);
  return addOns === undefined ? [] : readAddOns(addOns, { ...processes, shared });
}

const ofPeople = defaulted('people read it');
const ofImage = defaulted('services run on the image of their runtime, or of their Dockerfile');

const appRules: Rules<Processes> = {
  $schema: settle(ofEditor),
  name: settle(defaulted('the package or the folder names the system')),
  description: settle(ofPeople),
  keywords: settle(ofPeople),
  repository: settle(ofPeople),
  website: settle(ofPeople),
  logo: settle(ofPeople),
  success_url: settle(cannot('only Heroku has it', 'leave it out')),
};

/** The fields of an app that an environment can change. Its variables are those of every process. */
const processRules: Rules<Processes> = {
  stack: settle(ofImage),
  image: settle(ofImage),
  buildpacks: settle(ofContents),
  'scripts.postdeploy': settle(
    cannot(
      'it runs once, after Heroku has made the app; `preDeploy` runs before each new version',
      'add the command to `preDeploy` if it can run again, or run it with `railhead run`',
    ),
  ),
  'scripts.pr-predestroy': settle(ofPullRequests),
  'scripts.test': settle(cannot('a deployment runs no tests', 'run them in CI before `railhead up`')),
  'formation.*.size': settle(cannot('a size of Heroku has no counterpart', 'write `resources`')),
  formation: (tree, { services, ledger }) => {
    for (const [process, value] of childrenOf(tree)) {
      const quantity = treeAt(value, ['quantity']);
      const service = services.find(({ name }) => name === process);
      const outcome = quantity && takeQuantity(quantity, service);
      if (quantity !== undefined && outcome !== undefined) ledger.settle(quantity, outcome);
    }
    return undefined;
  },
  env: (tree, { services, imported: { secrets } }) => {
    for (const [name, entry] of childrenOf(tree)) {
      const from = entry.kind === 'map' ? (treeAt(entry, ['value']) ?? placeOnly(entry)) : entry;
      const value = textOf(from);
      const secret = toSecretName(name);
      if (value === undefined) secrets.set(secret, undefined);
      for (const { variables } of services)
        variables.set(name, { value: value ?? `\${{secret.${secret}}}`, from });
    }
    return undefined;
  },
  'env.*.description': settle(ofPeople),
  'env.*.required': settle(defaulted('every secret that is referred to is required')),
  'env.*.generator': settle(defaulted('`secrets set` can make a random value')),
};

function takeQuantity(tree: Tree, service: ImportedService | undefined): Outcome | undefined {
  const number = numberOf(tree);
  if (service === undefined) return cannot('the Procfile has no such process', 'leave it out');
  if (number === undefined) return undefined;
  if (number === 0)
    return cannot(
      'a service has at least one replica',
      'scale a worker to zero by its queue: `replicas: { min: 0, max: 5, queue: … }`',
    );
  say(service, 'replicas', number, tree);
  return undefined;
}
