import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Something that a Node process of a traced command did, with its time in milliseconds since the start of the command. */
export interface Mark {
  process: number;
  /** The file name of the process's program. */
  program: string;
  what: string;
  at: number;
}

/** Pulumi's program that runs a Node program. */
export const programRunner = /^(run|index\.js)$/;

export interface Trace {
  /** Milliseconds. */
  duration: number;
  /** The time at which the command started, in milliseconds since 1970. */
  started: number;
  /** In the order of their times. */
  marks: Mark[];
}

/**
 * Runs a command and returns what its Node processes did.
 *
 * @param run gets the environment variables with which every Node process of the command writes its marks
 */
export async function trace(run: (variables: Record<string, string>) => Promise<void>): Promise<Trace> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  const file = join(folder, 'marks');
  const preload = join(import.meta.dirname, 'preload.mjs');
  try {
    const started = now();
    await run({ NODE_OPTIONS: `--import=${preload}`, BENCH_TRACE: file });
    const duration = now() - started;
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const marks = lines.map((line) => JSON.parse(line) as Mark);
    const sorted = marks.toSorted((one, other) => one.at - other.at);
    return { duration, started, marks: sorted.map((mark) => ({ ...mark, at: mark.at - started })) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns the first mark with this `what` of the programs that match. */
export function firstMark({ marks }: Trace, what: string, program: RegExp): Mark | undefined {
  return marks.find((mark) => mark.what === what && program.test(mark.program));
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
