import { stateResources } from '../delivery/state-resources.ts';
import { npmCommand } from '../common/commands.ts';
import { stackFilePath, type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { recordedIdentity } from '../program/recorded-identity.ts';
import { loadStack } from '../stack/load.ts';
import { UserError } from '../../tools/user-error.ts';
import { table } from '../common/table.ts';
import type { Data, DataIdentity, Store } from '../targets/shared/data.ts';
import { chooseTarget } from '../targets/index.ts';
import { requireYes, type Terminal } from './ask.ts';
import type { EngineCall } from './engine-call.ts';

/** Opens the stored data of an environment: folders, volumes or claims, depending on the target. */
export async function openData(environment: Environment, pulumi: EngineCall): Promise<Data> {
  const { name } = environment;
  const place = { root: projectRoot(), environment: name };
  const resources = async () => stateResources(await pulumi.read(['stack', 'export', '--stack', name]));
  const readIdentity = async () => {
    const held = await recordedIdentity(await resources(), place);
    const stack = held?.stack ?? environment.identity ?? loadStack(stackFilePath(environment)).stack.name;
    return { stack, owner: environment.owner ?? held?.owner };
  };
  // `down --data` empties the state, so the identity is read once and kept.
  let known: Promise<DataIdentity> | undefined;
  const identity = () => (known ??= readIdentity());
  return (await chooseTarget(environment)).data({ ...place, resources, identity });
}

/** Throws a UserError that lists the data `down --data` would remove; does nothing if `stores` is empty. */
export function refuseLoss(environment: string, stores: Store[]): void {
  if (stores.length === 0) return;
  const next = npmCommand('down', environment, '--data', '--yes');
  throw new UserError(
    `${describeLoss(environment, stores)}\nThere is no terminal to ask on, so nothing was touched. To remove the data without a question: ${next}`,
  );
}

/** Asks the user to confirm. Throws UserError for any answer except yes. */
export function askToRemove(terminal?: Terminal): Promise<void> {
  return requireYes('Permanently remove these data?', 'removed', terminal);
}

/** Lists the data that `down --data` removes. */
export function describeLoss(environment: string, stores: Store[]): string {
  return [`\`down --data\` permanently removes the data of ${environment}:`, ...rows(stores)].join('\n');
}

/** Lists the data that `down` keeps, and the command that removes them; undefined if `stores` is empty. */
export function describeKept(environment: string, stores: Store[]): string | undefined {
  if (stores.length === 0) return undefined;
  const next = npmCommand('down', environment, '--data');
  return [`The data of ${environment} are kept:`, ...rows(stores), `To remove them: ${next}`].join('\n');
}

function rows(stores: Store[]): string[] {
  return table(stores.map(({ service, what }) => [service, what])).map((line) => `  ${line}`);
}
