import { say } from '../say.ts';
import { cannot, defaulted, type Outcome } from '../ledger.ts';
import { settle, textOf, textsOf, wordsOf, type FieldRule, type Rules } from '../read.ts';
import { isDefault, number, ofContents, ofEditor, pairs, preDeploy, text } from '../take.ts';
import { ofGroup } from './groups.ts';
import type { FlyRule, FlyService } from './machine.ts';

/** Only the service of the default group takes the field. */
const once =
  (rule: FlyRule): FlyRule =>
  (tree, place) =>
    place.isDefault ? rule(tree, place) : undefined;

/** The command of a process group replaces the CMD of its image, and no shell reads it. */
export const process: FieldRule<FlyService> = (tree, { service }): Outcome | undefined => {
  const command = textOf(tree);
  if (command === undefined || command === '') return isDefault;
  const { image, dockerfile } = service.facts;
  if (image === undefined && dockerfile === undefined) say(service, 'start', command, tree);
  else say(service, 'command', wordsOf(command), tree);
  return undefined;
};

const list =
  (name: 'command' | 'entrypoint'): FlyRule =>
  (tree, { service }) => {
    say(service, name, textsOf(tree), tree);
    return undefined;
  };

const immediate = cannot('a new version waits until it is ready', 'leave it out');
const whenReady = defaulted(
  'a new version replaces the old one when it is ready; `rollout` divides the requests',
);
const strategy: FlyRule = (tree) => (textOf(tree) === 'immediate' ? immediate : whenReady);

const restart: FlyRule = (tree, { service }) => {
  const policy = textOf(tree);
  if (policy === 'always' || policy === 'never' || policy === 'on-failure')
    say(service, 'restart', policy, tree);
  return undefined;
};

const noProxy = cannot('the gateway serves no files', 'serve them from the service');

/** The fields that belong to every process group of an app. */
export const appRules: Rules<FlyService> = {
  $schema: settle(ofEditor),
  'build.image': text('image'),
  'build.dockerfile': text('dockerfile'),
  'build.build-target': text('buildTarget'),
  'build.args': pairs('buildVariables'),
  'build.ignorefile': settle(cannot('the builder reads .dockerignore', 'rename it')),
  'build.builder': settle(ofContents),
  'build.buildpacks': settle(ofContents),
  'build.builtin': settle(ofContents),
  'build.settings': settle(ofContents),
  env: pairs('variables'),
  kill_signal: text('stopSignal'),
  kill_timeout: number('drain'),
  'deploy.release_command': once(preDeploy),
  'deploy.release_command_timeout': settle(defaulted('the target decides how long `preDeploy` can take')),
  'deploy.release_command_vm': settle(defaulted('the command has the resources of the service')),
  'deploy.strategy': strategy,
  'deploy.max_unavailable': settle(defaulted('the old replicas stop when the new ones are ready')),
  'deploy.wait_timeout': settle(defaulted('`health.timeout` bounds a rollout')),
  'experimental.cmd': list('command'),
  'experimental.entrypoint': list('entrypoint'),
  'experimental.exec': list('entrypoint'),
  swap_size_mb: settle(cannot('a service has no swap of its own', 'write `resources.memory`')),
  statics: settle(noProxy),
};

/** The fields of a `restart` section. */
export const restartRules: Rules<FlyService> = { ...ofGroup, policy: restart, retries: number('retries') };

/** The fields of a `metrics` section. */
export const metricsRules: Rules<FlyService> = {
  ...ofGroup,
  path: text('metrics'),
  port: (tree, { service }) =>
    textOf(tree) === String(service.facts.port?.value)
      ? defaulted('Prometheus scrapes the port of the service')
      : cannot('Prometheus scrapes the port of the service', 'serve the metrics on that port'),
  https: settle(cannot('Prometheus scrapes over HTTP', 'leave it out')),
};
