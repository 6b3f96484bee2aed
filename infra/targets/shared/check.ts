/** The result of checking one requirement of a target: a line of `doctor`. */
export interface Check {
  name: string;
  /** The found version, address or capacity, or the problem. */
  found: string;
  /** The command that solves the problem. Absent if there is none. */
  mend?: string;
}
