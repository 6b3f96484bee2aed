import type { System } from './system.ts';

/**
 * One line of the table. `undefined` means that a figure does not apply. `ok` means that every figure meets its goal.
 */
export interface Row {
  fault: string;
  trials: number;
  /** Acknowledged writes or events that are missing in the end. */
  lost: number | undefined;
  /** Effects that happened more than once. */
  doubled: number | undefined;
  /** Requests without a 2xx response. */
  failed: number | undefined;
  /** Longest time from the fault (or the end of a lasting fault) until everything works again. */
  healSeconds: number | undefined;
  note?: string;
  ok: boolean;
}

export interface ScenarioOptions {
  short: boolean;
  /** Seed of the random choice of victims and moments. */
  seed: number;
  /** Prints one line of progress. */
  report: (line: string) => void;
  /** Returns the system that all scenarios share, and starts it at the first call. Each scenario restores its state. */
  system: () => Promise<System>;
}

export interface Scenario {
  name: string;
  run: (options: ScenarioOptions) => Promise<Row[]>;
}
