import * as z from 'zod';
import type { CommandResult } from '../../../tools/command.ts';
import { UserError } from '../../../tools/user-error.ts';
import { parseJson } from '../../common/parse-json.ts';
import { numberOf } from '../../common/pull-request.ts';

/** The tag of a Pulumi stack that `pr up` has made. No other stack is ever removed, whatever its name is. */
const tag = 'railhead:pull-request';

const markSchema = z.object({
  number: z.int().positive(),
  /** The environment whose settings it has. */
  from: z.string(),
  /** When `pr reap` may remove it. */
  expires: z.iso.datetime(),
});

export type Mark = z.infer<typeof markSchema>;

/** A stack with the name and the mark of a pull request. */
export interface MarkedStack {
  name: string;
  mark: Mark;
  /** Whether the backend says that an update runs. A folder with the state does not say it. */
  updating: boolean;
}

/** The part of the Pulumi CLI that this file uses. */
interface Pulumi {
  read(args: string[]): Promise<CommandResult>;
}

/** Marks a stack, or renews its mark. Throws UserError. */
export async function writeMark(pulumi: Pulumi, stack: string, mark: Mark): Promise<void> {
  const { code, problem } = await pulumi.read([
    'stack',
    'tag',
    'set',
    tag,
    JSON.stringify(mark),
    '--stack',
    stack,
  ]);
  if (code !== 0) throw new UserError(`The backend does not keep tags of stacks: ${problem}`);
}

/** Returns the mark of a stack that exists; undefined if it has none, or that of another number. Throws UserError. */
export async function readMark(pulumi: Pulumi, stack: string): Promise<Mark | undefined> {
  const { code, stdout, problem } = await pulumi.read(['stack', 'tag', 'ls', '--json', '--stack', stack]);
  if (code !== 0) throw new UserError(problem);
  const text = z.record(z.string(), z.string()).parse(JSON.parse(stdout))[tag];
  // It can be a tag that `pr up` did not write.
  const mark = text === undefined ? undefined : markSchema.safeParse(parseJson(text)).data;
  return mark?.number === numberOf(stack) ? mark : undefined;
}

const atOnce = 4;

const list = z.array(z.object({ name: z.string(), updateInProgress: z.boolean().optional() }));

/** Returns the stacks of the project that `pr up` has made, by number. Throws UserError. */
export async function listMarked(pulumi: Pulumi): Promise<MarkedStack[]> {
  const { code, stdout, problem } = await pulumi.read(['stack', 'ls', '--json']);
  if (code !== 0) throw new UserError(problem);
  const stacks = list
    .parse(JSON.parse(stdout))
    .map(({ name, ...rest }) => ({ ...rest, name: name.slice(name.lastIndexOf('/') + 1) }))
    .filter(({ name }) => numberOf(name) !== undefined);
  const found: MarkedStack[] = [];
  // Each call is a process.
  for (let start = 0; start < stacks.length; start += atOnce) {
    const some = stacks.slice(start, start + atOnce).map(async ({ name, updateInProgress = false }) => {
      const mark = await readMark(pulumi, name);
      if (mark !== undefined) found.push({ name, mark, updating: updateInProgress });
    });
    await Promise.all(some);
  }
  return found.toSorted((one, other) => one.mark.number - other.mark.number);
}
