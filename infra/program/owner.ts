import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { configCommand } from '../common/commands.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { UserError } from '../../tools/user-error.ts';
import type { PreflightContext, Target } from '../targets/shared/target.ts';

const variable = 'RAILHEAD_OWNER';

/**
 * Returns the environment variable that hands a new owner to the Pulumi program. The engine runs the program once for a preview
 * and once for the update, and a plan of Pulumi holds only if both name the same owner.
 */
export function handOwner(root: string): Record<string, string> {
  return { [variable]: newOwner(root) };
}

/**
 * Returns the owner of a new environment: host and path of the project, for people to read, and a random number. It only has to
 * be unique: it stays the same when the project moves, and all clones of it with the same state share it.
 */
export function newOwner(root: string): string {
  return process.env[variable] ?? `${hostname()}:${root}#${randomBytes(4).toString('hex')}`;
}

/**
 * Throws a UserError if the identity belongs to another owner on the target.
 *
 * @param adopts whether resources without an owner are ours: the state holds some, or config names the owner
 */
export async function requireOwn(
  target: Target,
  graph: ServiceGraph,
  context: PreflightContext,
  { owner, adopts }: { owner: string; adopts: boolean },
): Promise<void> {
  const owners = (await target.owners?.(graph, context)) ?? [];
  const other = owners.find((one) => one !== '' && one !== owner);
  if (other === undefined && (adopts || !owners.includes(''))) return;
  const { name, environment } = graph;
  const whose =
    other === undefined
      ? 'an older version of Railhead made it, and the state of this project does not hold it'
      : `it belongs to a project that was first deployed from ${other}`;
  throw new UserError(
    [
      `${name}-${environment} exists on ${target.name} already: ${whose}. Nothing was touched.`,
      'If this is another project, change the `name:` of its stack file.',
      `If it is the same project without its state, take it over: ${configCommand(environment, 'owner', other ?? owner)}`,
    ].join('\n'),
  );
}
