import { npmCommand, railheadCommand, secretCommand } from '../../common/commands.ts';
import { describeChange, section } from '../report.ts';
import type { EnvironmentPlan } from './plan-environment.ts';

/** Returns the text that shows what a new environment consists of. */
export function describeEnvironment({ name, from, target, changes, kept, notes }: EnvironmentPlan): string {
  return [
    `The environment ${name}, like ${from}, on the target ${target}`,
    ...section('Files', [...changes.map(({ path }) => ['new', path]), ...kept.map((path) => ['kept', path])]),
    ...section(
      'Notes',
      notes.map((note) => [note]),
    ),
    ...changes.flatMap(describeChange),
  ].join('\n');
}

/** Returns the text that names the remaining steps. */
export function describeSteps({ name, from, changes, secrets }: EnvironmentPlan): string {
  const files = changes.length === 1 ? '1 file' : `${changes.length} files`;
  const commands = [
    ...secrets.map((secret) => secretCommand(name, secret.name)),
    railheadCommand(name, 'doctor'),
    npmCommand('up', name),
  ];
  return [
    `Wrote ${files}.`,
    ...section(
      `Secrets that ${name} needs a value for`,
      secrets.map((secret) => [secret.name, secret.services.join(', ') || 'to pull images']),
    ),
    ...(secrets.length === 0
      ? []
      : ['', `To copy them: ${railheadCommand(undefined, 'secrets', 'copy', '--from', from, '--to', name)}`]),
    '',
    'Next:',
    ...commands.map((command) => `  ${command}`),
  ].join('\n');
}
