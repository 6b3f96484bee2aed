/** Collects the failures of the steps after an update. They do not undo the update, so the command reports its result first. */
export class Warnings {
  readonly lines: string[] = [];

  /**
   * Returns what `work` returns, or `otherwise` if it fails.
   *
   * @param what the problem, followed by the message of the error
   * @param next what to do, with the command
   */
  async collect<T>(work: () => Promise<T>, { what, next, otherwise }: Follow<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.lines.push(`${what}: ${(error as Error).message}\n${next}`);
      return otherwise;
    }
  }
}

interface Follow<T> {
  what: string;
  next: string;
  otherwise: T;
}
