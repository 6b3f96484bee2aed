import { join } from 'node:path';
import { withOwnedFolder } from '../owned-folder.ts';
import { followEvents, type TimedEvent } from './follow.ts';

/** The part of the Pulumi CLI that this file uses. */
interface Pulumi {
  run(args: string[], variables?: Record<string, string>): Promise<number>;
}

export interface Observed<Engine extends Pulumi> {
  /** The engine, for the command that changes the stack. */
  engine: Engine;
  /** What the engine did. Empty if it was not started, and if the user's flags name a file for its events. */
  events: TimedEvent[];
  /** Whether this process received a signal while the engine ran. */
  interrupted: boolean;
  /** Whether the engine has run. It has not if another run locks the stack. */
  ran: boolean;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Returns an engine that records what it does. The file of its events holds inputs of resources, so it is private and temporary.
 *
 * @param message what the engine's own history shows for the update, unless the user's flags have a message
 */
export function observe<Engine extends Pulumi>(pulumi: Engine, message: string): Observed<Engine> {
  const run: Pulumi['run'] = ([verb = '', ...args], variables) =>
    withOwnedFolder('railhead-events-', async (folder) => {
      const file = join(folder, 'events');
      const end = followEvents(file);
      const note = () => (observed.interrupted = true);
      for (const signal of signals) process.on(signal, note);
      try {
        // `--event-log` is one of Pulumi's flags for debugging.
        const debug = { ...variables, PULUMI_DEBUG_COMMANDS: '1' };
        const code = await pulumi.run([verb, '--message', message, '--event-log', file, ...args], debug);
        observed.ran = true;
        return code;
      } finally {
        for (const signal of signals) process.off(signal, note);
        observed.events = end();
      }
    });
  const observed: Observed<Engine> = {
    engine: { ...pulumi, run },
    events: [],
    interrupted: false,
    ran: false,
  };
  return observed;
}
