/**
 * How many more functions may start. Node reads files in four threads, so a higher limit is not faster. A usual machine lets a
 * process open 1024 files.
 */
let free = 32;
const waiting: (() => void)[] = [];

/**
 * Runs a function that opens a file or a connection. At most 32 such functions run at a time in this process. To avoid a deadlock,
 * the function does not call `fewAtATime`.
 */
export async function fewAtATime<T>(run: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await run();
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}
