import { dirname, join, relative } from 'node:path';
import { UserError } from '../../tools/user-error.ts';
import { chooseTarget } from '../targets/index.ts';
import { checkProposals } from './check-proposals.ts';
import type { Existing } from './existing.ts';
import { helloProgram, helloService } from './hello.ts';
import { installedPath } from './installed.ts';
import { requireNoCode } from './no-service.ts';
import type { Context } from './plan-project.ts';
import { moduleText } from './project-files.ts';
import { proposeServices } from './propose.ts';
import { readRepository } from './repository.ts';
import { stackText } from './stack-text.ts';
import type { Change, Detected } from './types.ts';

export interface StackPlan {
  /** The proposed services; undefined if there is a stack file already. */
  detected: Detected | undefined;
  changes: Change[];
  /** Whether the stack file has a gateway, as far as it is known. */
  hasGateway: boolean;
}

/** Plans the stack file; a stack file that exists stays as it is. */
export async function planStack(
  root: string,
  { name, stackFile, railhead, existing, isModule }: Context,
): Promise<StackPlan> {
  const before = existing.read(stackFile);
  if (before !== undefined) return { detected: undefined, changes: [], hasGateway: declaresGateway(before) };
  const schema = relative(dirname(stackFile), join(railhead, 'stacks/schema.json'));
  const file = { name, schema, hasWorkerd: installedPath(root, 'workerd') !== undefined };
  const target = await chooseTarget({ name: 'dev', target: 'process' });
  const found = checkProposals(proposeServices(readRepository(root)), file, {
    path: join(root, stackFile),
    target,
  });
  const isHello = found.proposals.length === 0;
  if (isHello) requireNoCode(found, { name, stackFile });
  const detected = isHello ? { ...found, proposals: [helloService] } : found;
  const after = stackText({ ...file, services: detected.proposals, hasWorkerd: file.hasWorkerd && !isHello });
  const changes = [{ path: stackFile, before, after }, ...(isHello ? planHello(existing, isModule) : [])];
  return { detected, changes, hasGateway: declaresGateway(after) };
}

function declaresGateway(stackFile: string): boolean {
  return /^gateway:/m.test(stackFile);
}

function planHello({ read }: Existing, isModule: boolean): Change[] {
  const folder = helloService.source;
  const files = {
    [`${folder}/main.ts`]: helloProgram,
    ...(!isModule && { [`${folder}/package.json`]: moduleText('hello') }),
  };
  const changes = Object.entries(files).map(([path, after]) => ({ path, before: read(path), after }));
  const [taken] = changes.filter(({ before, after }) => before !== undefined && before !== after);
  if (taken === undefined) return changes;
  throw new UserError(
    `${taken.path} exists, and init would make its first service there. Nothing was written. Rename it.`,
  );
}
