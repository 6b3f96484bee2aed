/** As many as 2,000 writes a second bring in the life of a signature. */
const enough = 131_072;

/**
 * Tells whether a name is shown for the first time. A name is kept until `end` (in milliseconds), and in the memory of
 * this process alone. Where more are alive than `capacity`, the oldest are forgotten: memory has an end.
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
