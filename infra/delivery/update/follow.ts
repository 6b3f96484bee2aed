import { closeSync, fstatSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { parseEvents, type EngineEvent } from '../state/engine-log.ts';

/** An event of the engine, with the time in milliseconds at which it was written. */
export interface TimedEvent extends EngineEvent {
  at: number;
}

/** Milliseconds between two looks at the file. */
const look = 50;

/**
 * Creates the file of `--event-log` and follows it while the engine writes it, because the engine's own times are whole seconds.
 * Returns the function that ends this and returns the events.
 */
export function followEvents(file: string): () => TimedEvent[] {
  writeFileSync(file, '', { mode: 0o600 });
  const descriptor = openSync(file, 'r');
  /** By line of the file. */
  let times: number[] = [];
  let seen = 0;
  const read = () => {
    const { size } = fstatSync(descriptor);
    // After its preview, the engine empties the file.
    if (size < seen) [times, seen] = [[], 0];
    const bytes = Buffer.alloc(size - seen);
    seen += readSync(descriptor, bytes, 0, bytes.length, seen);
    const now = Date.now();
    for (const byte of bytes) if (byte === newline) times.push(now);
  };
  const timer = setInterval(read, look);
  return () => {
    clearInterval(timer);
    read();
    const text = readFileSync(descriptor, 'utf8');
    closeSync(descriptor);
    // The engine may have been killed within a line.
    const events = parseEvents(text.slice(0, text.lastIndexOf('\n') + 1));
    return events.map((event, line) => ({ ...event, at: times[line] ?? Date.now() }));
  };
}

const newline = '\n'.charCodeAt(0);
