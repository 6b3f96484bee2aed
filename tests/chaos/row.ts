import type { System } from './system.ts';

/** One line of the table. `undefined` means that the figure does not apply; `ok` that every figure is as it must be. */
export interface Row {
  fault: string;
  trials: number;
  /** Acknowledged writes or events that are not there in the end. */
  lost: number | undefined;
  /** Effects that happened more than once. */
  doubled: number | undefined;
  /** Requests without a 2xx answer. */
  failed: number | undefined;
  /** From the fault (or its end, where it lasts) until everything works again; the longest of all trials. */
  healSeconds: number | undefined;
  note?: string;
  ok: boolean;
}

export interface ScenarioOptions {
  short: boolean;
  /** Decides victims and moments. */
  seed: number;
  /** Tells one line of progress. */
  report: (line: string) => void;
  /** The system that all scenarios share, started at the first call. A scenario leaves it as it found it. */
  system: () => Promise<System>;
}

export interface Scenario {
  name: string;
  run: (options: ScenarioOptions) => Promise<Row[]>;
}
