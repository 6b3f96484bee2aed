/** A failed create that has started processes. The engine keeps the resource and updates it on the next run. */
export class InitError extends Error {
  override name = 'InitError';
  readonly id: string;

  constructor(id: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.id = id;
  }
}
