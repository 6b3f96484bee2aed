import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { railheadCommand } from '../common/commands.ts';
import { Busy } from '../delivery/turn.ts';

/** Forwards the stderr of a command to the user, except for lines that a better message replaces. */
export interface LineFilter {
  read(stream: Readable): void;
  /** The error to throw in place of the suppressed lines; read it after the command has exited. */
  readonly problem: Error | undefined;
}

/**
 * Returns a filter that replaces Pulumi's message about a locked stack. Pulumi's message advises `pulumi cancel`,
 * which removes the lock even if the run that holds it is alive.
 */
export function lockAdvice(
  stack: string,
  show = (line: string) => void process.stderr.write(`${line}\n`),
): LineFilter {
  let isLocked = false;
  const holders: string[] = [];
  return {
    read(stream) {
      createInterface({ input: stream }).on('line', (line) => {
        const [, holder] = /created by (.* \(pid \d+\) at .*)$/.exec(line) ?? [];
        if (/the stack is currently locked by/.test(line)) isLocked = true;
        else if (isLocked && holder !== undefined) holders.push(holder);
        else show(line);
      });
    },
    get problem() {
      if (!isLocked) return undefined;
      return new Busy(
        `Another run of Pulumi changes ${stack} (${holders.join(', ')}), so nothing was changed.\n` +
          `Wait for its end (\`--wait\` does). If it is dead, run: ${railheadCommand(stack, 'recover')}`,
      );
    },
  };
}
