import { readHistory } from '../../infra/delivery/history/read-history.ts';
import type { Pair } from '../../infra/cli/testing/pair.ts';

/** A command that is killed, and what the user does next. */
export interface Delivery {
  name: string;
  /** The environment that the command changes. */
  environment: 'dev' | 'qa';
  command: string[];
  /** Prepares the command, and returns the version that the environment runs after `heal`. */
  prepare: (pair: Pair, version: string) => Promise<string>;
  /** Runs the next commands. Throws AssertionError if one fails. */
  heal: (pair: Pair) => Promise<void>;
}

/** After the command alone was killed, the engine goes on for a while. */
const up = (environment: string) => ['up', '-s', environment, '--wait'];

export const deliveries: Delivery[] = [
  {
    name: 'up',
    environment: 'dev',
    command: ['up', '-s', 'dev'],
    prepare: (pair, version) => {
      pair.advance(version);
      return Promise.resolve(version);
    },
    heal: async (pair) => {
      await pair.succeed(...up('dev'));
    },
  },
  {
    name: 'promote',
    environment: 'qa',
    command: ['promote', 'dev', 'qa', '--yes'],
    prepare: async (pair, version) => {
      pair.advance(version);
      await pair.succeed('up', '-s', 'dev');
      return version;
    },
    heal: async (pair) => {
      // The release file is the old one or the new one.
      pair.commit();
      await pair.succeed('promote', 'dev', 'qa', '--yes');
      pair.commit();
      await pair.succeed(...up('qa'));
    },
  },
  {
    name: 'rollback',
    environment: 'dev',
    command: [],
    async prepare(pair, version) {
      // The former rollback has written a release file; without it, dev builds again.
      pair.git('reset', '-q', '--hard');
      pair.git('clean', '-q', '-f', '-d');
      pair.advance(version);
      await pair.succeed('up', '-s', 'dev');
      const [last] = (await readHistory(pair.store, 'dev', 1)).records;
      this.command = ['rollback', 'dev', '--yes', '--to', String(last?.number)];
      pair.advance(`after-${version}`);
      await pair.succeed('up', '-s', 'dev');
      return version;
    },
    async heal(pair) {
      await pair.succeed(...this.command, '--wait');
    },
  },
];
