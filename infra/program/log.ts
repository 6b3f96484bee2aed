import { info, warn } from '@pulumi/pulumi/log/index.js';

/** Receives lines for the user. */
export interface Log {
  /** One line for each slow step. */
  progress: (line: string) => void;
  /** One line for each warning. */
  warn: (line: string) => void;
}

/** Shows the lines in `pulumi up` and `pulumi preview`. */
export const engineLog: Log = {
  progress: (line) => void info(line, undefined, undefined, true),
  warn: (line) => void warn(line),
};
