/** Enough for 2,000 writes a second over the lifetime of a signature. */
const enough = 131_072;

/**
 * Returns a function that reports whether a name is used for the first time. It stores each name until `end` (in
 * milliseconds), in the memory of this process only. Above `capacity` names it removes the oldest, to limit memory.
 */
export function createSingleUse(capacity = enough): (name: string, end: number) => boolean {
  const used = new Map<string, number>();
  return (name, end) => {
    if (used.has(name)) return false;
    const now = Date.now();
    for (const [oldest, itsEnd] of used) {
      if (itsEnd > now && used.size < capacity) break;
      used.delete(oldest);
    }
    used.set(name, end);
    return true;
  };
}
