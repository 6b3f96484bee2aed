/** Notifies listeners of a state change. The notification carries no value: listeners read the state themselves. */
export class Changes {
  #listeners = new Set<() => void>();

  emit(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Calls `find` now and at every change, and resolves with its first value that is not undefined. Rejects if `find`
   * throws and when `signal` aborts.
   */
  async until<T>(find: () => T | undefined, signal: AbortSignal): Promise<T> {
    const found = Promise.withResolvers<T>();
    const look = () => {
      try {
        const value = find();
        if (value !== undefined) found.resolve(value);
      } catch (error) {
        found.reject(error);
      }
    };
    const abort = () => found.reject(signal.reason);
    const unsubscribe = this.subscribe(look);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    else look();
    try {
      return await found.promise;
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', abort);
    }
  }
}
