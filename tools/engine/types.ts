/** The Pulumi CLI that runs the project. */
export interface Engine {
  /** Absolute path. */
  executable: string;
  version: string;
  /** Where the CLI comes from and why; one line for the user. */
  origin: string;
}
