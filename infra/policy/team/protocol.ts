import * as z from 'zod';
import { stages } from '../../stack/policy.ts';
import type { Policy, PolicyInput } from '../define.ts';

/** What the thread of a rule gets. */
export interface Request {
  /** Absolute path of the file. */
  file: string;
  input: PolicyInput;
}

/** What the thread of a rule answers. */
export type Result =
  | { kind: 'checked'; name: string; levels: Policy['levels']; problems: z.infer<typeof problemsSchema> }
  | { kind: 'failed'; problem: string };

/** A rule as a file exports it. */
export const ruleSchema = z.object({
  name: z.string().regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/),
  description: z.string(),
  levels: z.partialRecord(z.enum(stages), z.enum(['error', 'advice'])),
  check: z.custom<Policy['check']>((value) => typeof value === 'function'),
});

export const problemsSchema = z.array(
  z.object({
    path: z.array(z.union([z.string(), z.number()])),
    message: z.string(),
    service: z.string().optional(),
  }),
);

/** Returns the first line of an error's message. */
export function messageOf(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line;
}
