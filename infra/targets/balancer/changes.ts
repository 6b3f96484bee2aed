/** Tells whoever listens that some state is another now; what it is now, they look up. */
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

  /** Resolves with the first value of `find` that is not undefined, looking again at every change; rejects with what `find` throws, and when `signal` aborts. */
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
