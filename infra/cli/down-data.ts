import { createInterface } from 'node:readline/promises';
import { stateResources } from '../delivery/state-resources.ts';
import { npmCommand } from '../commands.ts';
import { repositoryRoot, stackFilePath, type Environment } from '../environment.ts';
import { recordedIdentity } from '../recorded-identity.ts';
import { loadStack } from '../stack/load.ts';
import { UserError } from '../stack/problem.ts';
import { table } from '../table.ts';
import type { Data, Store } from '../targets/data.ts';
import { chooseTarget } from '../targets/index.ts';
import type { EngineCall } from './engine-call.ts';

/** The data of an environment, wherever its target keeps them. */
export function openData(environment: Environment, pulumi: EngineCall): Promise<Data> {
  const { name, target, identity } = environment;
  const place = { root: repositoryRoot, environment: name };
  const resources = async () => stateResources(await pulumi.read(['stack', 'export', '--stack', name]));
  const readStack = async () =>
    recordedIdentity(await resources(), place)?.stack ??
    identity ??
    loadStack(stackFilePath(environment)).stack.name;
  // Once nothing is in the state any more, it does not say it again.
  let known: Promise<string> | undefined;
  const stack = () => (known ??= readStack());
  return chooseTarget(target).data({ ...place, resources, stack });
}

/** Where the person is who answers. */
interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

export function hasTerminal({ stdin, stdout } = process): boolean {
  return stdin.isTTY && stdout.isTTY;
}

/** Throws a UserError that names what would be lost, where something would. */
export function refuseLoss(environment: string, stores: Store[]): void {
  if (stores.length === 0) return;
  const next = npmCommand('down', environment, '--data', '--yes');
  throw new UserError(
    `${describeLoss(environment, stores)}\nThere is no terminal to ask on, so nothing was touched. To go on: ${next}`,
  );
}

/** Throws a UserError where the answer is not yes, and where there is none: the terminal is closed, or Ctrl-C pressed. */
export async function askToRemove(
  terminal: Terminal = { input: process.stdin, output: process.stdout },
): Promise<void> {
  const lines = createInterface(terminal);
  const closed = new AbortController();
  lines.once('close', () => closed.abort());
  try {
    const answer = await lines.question('Remove them for good? (yes or no) ', closed);
    if (answer.trim().toLowerCase() === 'yes') return;
  } catch (error) {
    if (!closed.signal.aborted) throw error;
  } finally {
    lines.close();
  }
  throw new UserError('The answer was not yes, so nothing was removed.');
}

/** What `down --data` takes. */
export function describeLoss(environment: string, stores: Store[]): string {
  return [`\`down --data\` removes the data of ${environment} for good:`, ...rows(stores)].join('\n');
}

/** What `down` leaves, and the command that removes it; undefined where nothing is left. */
export function describeKept(environment: string, stores: Store[]): string | undefined {
  if (stores.length === 0) return undefined;
  const next = npmCommand('down', environment, '--data');
  return [`The data of ${environment} stay:`, ...rows(stores), `To remove them: ${next}`].join('\n');
}

function rows(stores: Store[]): string[] {
  return table(stores.map(({ service, what }) => [service, what])).map((line) => `  ${line}`);
}
