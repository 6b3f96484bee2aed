import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { railheadCommand } from '../commands.ts';
import { Busy } from '../delivery/turn.ts';

/** Shows the error stream of a command but for what is said better. */
export interface LineFilter {
  read(stream: Readable): void;
  /** What to say instead, once the command has ended. */
  readonly problem: Error | undefined;
}

/** Pulumi advises to `cancel` where a stack is locked, and that takes the lock from a run that is alive. */
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
          `Wait for its end (\`--wait\` does). Is it dead? Next: ${railheadCommand(stack, 'recover')}`,
      );
    },
  };
}
