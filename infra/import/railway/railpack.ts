import { treeAt, type Tree } from '../../stack/tree.ts';
import { say } from '../say.ts';
import { cannot, childrenOf, defaulted } from '../ledger.ts';
import { settle, textOf, type Rules } from '../read.ts';
import { runtime } from '../../stack/runtime.ts';
import { isSecretValue, toSecretName } from '../secrets.ts';
import { number, ofContents, ofEditor, prefixed, text } from '../take.ts';
import { buildOf } from './generated.ts';
import { inOwnFolder } from './own-folder.ts';
import { buildVariables, startCommand, variables, type RailwayService } from './service.ts';

export const ofCopy = defaulted('the artifact is the folder after the build');
export const ofCaches = defaulted('the builder has its own caches');
export const ofImage = cannot(
  'the packages of the base image are used',
  'write a Dockerfile that installs them',
);
const noValue = cannot(
  'no file has its value',
  'write it into `variables` and its name into `buildVariables`; a secret into `buildSecrets`',
);

/** Takes the version of the runtime. Other packages belong to an image. */
function packages(tree: Tree, { service, ledger }: RailwayService): undefined {
  for (const [name, from] of childrenOf(tree)) {
    const version = textOf(from);
    const text = version === undefined || version === 'latest' ? name : `${name}@${version}`;
    const isRuntime =
      name !== 'node' && service.facts.runtime === undefined && runtime.safeParse(text).success;
    if (isRuntime) say(service, 'runtime', text, from);
    else ledger.settle(from, name === 'node' ? ofNode : ofImage);
  }
}

export const ofNode = cannot('services in Node run on the image of the stack file', 'write `images.node`');

/** A build gets the variables that its service has too, and secrets by their names. */
function secrets(tree: Tree, { service, ledger }: RailwayService): undefined {
  for (const from of itemsOf(tree)) {
    const name = textOf(from) ?? '';
    if (/^RAILWAY_/.test(name)) ledger.settle(from, ofRailway);
    else if (isSecretValue(name, 'a value') && toSecretName(name) === name)
      service.buildVariables.set(name, { value: `\${{secret.${name}}}`, from });
    else ledger.settle(from, noValue);
  }
}

const ofRailway = defaulted('a service has this variable when it runs');

/** Takes the commands of all steps, one after the other. */
export function steps(all: readonly [string, Tree][], tree: Tree, place: RailwayService): undefined {
  const { service, folder, ledger, generated } = place;
  const own = folder === '.' ? '/app' : `/app/${folder}`;
  const named = all.map(
    ([name, step]) => [name, itemsOf(treeAt(step, ['commands']) ?? treeAt(step, ['cmds']))] as const,
  );
  const declaredItems = named.flatMap(([, commands]) => commands);
  const commandOf = (item: Tree) => textOf(item.kind === 'map' ? treeAt(item, ['cmd']) : item);
  const isOfTool = (item: Tree) => /^\s*corepack\s/.test(commandOf(item) ?? '');
  for (const item of declaredItems) if (isOfTool(item)) ledger.settle(item, ofTool);
  const items = declaredItems.filter((item) => !isOfTool(item));
  const from: Tree = { kind: 'list', place: tree.place, items };
  const linesOf = (commands: readonly Tree[]) =>
    commands
      .filter((item) => !isOfTool(item))
      .flatMap((item) => {
        const command = commandOf(item);
        return command === undefined ? [] : inOwnFolder(command, item, place).replaceAll(own, '.');
      });
  const lines = named.map(([name, commands]): [string, string[]] => [name, linesOf(commands)]);
  const declared = new Map(lines.filter(([, commands]) => commands.length > 0));
  if (lines.some(([, commands]) => commands.some((line) => /(^|[\s"'=])\/app\b/.test(line))))
    ledger.settle(from, ofRepository);
  else if (declared.size > 0) say(service, 'build', buildOf(declared, generated), from);
}

const ofTool = defaulted('a build has the package manager that package.json or the lock file names');

/** Adds a command to the build, after those of the fields before it. */
function nextCommand(tree: Tree, place: RailwayService): undefined {
  const { service } = place;
  const command = inOwnFolder(textOf(tree) ?? '', tree, place);
  const { build } = service.facts;
  if (command === '') return;
  const isNew = build !== undefined && build.value !== command;
  const items = build === undefined ? [tree] : [build.from, tree];
  const from: Tree = { kind: 'list', place: tree.place, items };
  service.facts.build = { value: isNew ? `${build.value} && ${command}` : command, from };
}

function itemsOf(tree: Tree | undefined): Tree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

const ofRepository = cannot(
  'a command uses /app, where Railpack has the whole repository',
  'write `build` with paths relative to `source`',
);

const build: Rules<RailwayService> = {
  provider: settle(ofContents),
  packages,
  buildAptPackages: settle(ofImage),
  caches: settle(ofCaches),
  secrets,
  steps: (tree, place) => steps(childrenOf(tree), tree, place),
  'steps.*.inputs': settle(ofCopy),
  'steps.*.deployOutputs': settle(ofCopy),
  'steps.*.cache': settle(ofCaches),
  'steps.*.caches': settle(ofCaches),
  'steps.*.env': buildVariables,
  'steps.*.variables': buildVariables,
  'steps.*.secrets': secrets,
};

/** The fields of railpack.json, of the whole file or of a service in it. */
export const railpackRules: Rules<RailwayService> = {
  $schema: settle(ofEditor),
  version: settle(ofEditor),
  ...build,
  ...prefixed('build', build),
  installCmd: nextCommand,
  buildCmd: nextCommand,
  startCmd: startCommand,
  'deploy.startCommand': startCommand,
  'deploy.healthCheckPath': text('healthPath'),
  'deploy.healthcheckPath': text('healthPath'),
  'deploy.healthCheckTimeout': number('healthTimeout'),
  'deploy.healthcheckTimeout': number('healthTimeout'),
  'deploy.inputs': settle(ofCopy),
  'deploy.paths': settle(ofCopy),
  'deploy.base': settle(ofImage),
  'deploy.aptPackages': settle(ofImage),
  'deploy.environment': variables,
  'deploy.variables': variables,
  environment: variables,
  env: variables,
};
