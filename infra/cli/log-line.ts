import type { LogLine } from '../supervisor/log-reader.ts';

/** A log line with its service. */
export type ServiceLine = LogLine & { service: string };

/** A log line, or with `folded` a placeholder for repetitions of the lines before it. */
export type FoldedLine = ServiceLine & { folded?: { lines: number; times: number } };
