import { railheadCommand } from '../common/commands.ts';
import { paragraph } from '../common/table.ts';
import { environmentFor, ownEnvironment } from '../init/own-target.ts';
import { ofServices } from './of-services.ts';
import type { ImportPlan } from './plan.ts';

type Targets = ImportPlan['targets'];

/** Returns whether a target can run the system. Each reason why it cannot is one item, with the fields that have it. */
export function describeTarget(
  { name, problems, stackFile, leftOut }: Targets[number],
  width: number,
): string[] {
  if (problems.length > 0) return [`${name}: cannot run it`, ...describeFields(problems, width)];
  if (stackFile === undefined) return [`${name}: can run it`];
  const head = `${name}: can run it with ${stackFile}`;
  if (leftOut.length === 0) return paragraph(head, width, '  ');
  return [...paragraph(`${head}, which leaves out:`, width, '  '), ...describeFields(leftOut, width)];
}

function describeFields(fields: readonly { path: string; message: string }[], width: number): string[] {
  const groups = Map.groupBy(fields, ({ message }) => message);
  return [...groups].flatMap(([message, group]) => {
    const place = ofServices(group.map(({ path }) => path));
    const text = place === '' ? message : `${place}: ${message}`;
    return paragraph(text, width - 2, '  ').map((line) => `  ${line}`);
  });
}

/** Returns the name of the first target that can run the system; `init` chooses it. */
const chosenOf = (targets: Targets) => targets.find(({ problems }) => problems.length === 0)?.name;

/** Returns the name of the environment that `init` makes, or names for the user to make. */
export function environmentOfInit(targets: Targets): string {
  const chosen = chosenOf(targets);
  return chosen === undefined ? ownEnvironment : environmentFor(chosen);
}

/** Returns how an environment gets the stack file that its target needs. */
export function describeOverlays(targets: Targets, own: string): string[] {
  const chosen = chosenOf(targets);
  return targets.flatMap(({ name, stackFile }) => {
    if (stackFile === undefined || name === chosen || stackFile.endsWith(`.${own}.yaml`)) return [];
    return [
      '',
      `To run it on ${name}, run this after \`init\`:`,
      `  ${railheadCommand(undefined, 'env', 'add', name, '--from', own, '--target', name)}`,
      'For an environment of another name, write into its Pulumi.<env>.yaml:',
      `  railhead:stackFile: ${stackFile}`,
    ];
  });
}
