/** The Pulumi CLI that runs the project. */
export interface Engine {
  /** Absolute path. */
  executable: string;
  version: string;
  /** Where it comes from and why; one line for people. */
  origin: string;
}
