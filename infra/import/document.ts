import * as z from 'zod';
import type { ImportPlan } from './plan.ts';

const place = {
  file: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
};

const field = z.strictObject({
  ...place,
  field: z
    .string()
    .describe('Dotted path in the file; empty for the file as a whole, and for a value that no file has.'),
  outcome: z.enum(['mapped', 'defaulted', 'cannot']),
  to: z.string().optional().describe('Path in the stack file.'),
  why: z.string().optional(),
  next: z.string().optional().describe('What the user can do instead.'),
});

const problem = z.strictObject({
  ...place,
  path: z.string().describe('Dotted path in the stack file.'),
  message: z.string(),
});

/** What `railhead import --json` prints. */
export const importDocumentSchema = z.strictObject({
  version: z.literal(1),
  format: z.string().describe('The format that was read, such as `Compose`.'),
  ignored: z.array(z.string()).describe('Files of a known format that were not read.'),
  fields: z.array(field).describe('By file, line and column.'),
  files: z.array(z.string()).describe('The files that the import writes, relative to the imported folder.'),
  secrets: z.array(z.string()).describe('Names of the secrets that the stack file refers to.'),
  targets: z
    .array(
      z.strictObject({
        name: z.string(),
        problems: z.array(problem).describe('Why it cannot run the system; empty if it can.'),
        stackFile: z.string().optional().describe('The overlay with which it can.'),
        leftOut: z
          .array(z.strictObject({ path: z.string(), message: z.string() }))
          .describe('The fields that the overlay removes, with the reasons.'),
      }),
    )
    .describe('The targets of Railhead, and whether they can run the system.'),
  problems: z.array(problem).describe('Why there is no stack file.'),
});

type ImportDocument = z.infer<typeof importDocumentSchema>;

/** Returns the document of an import. It contains no values of secrets. */
export function toDocument({ rows, changes, ...plan }: ImportPlan): ImportDocument {
  return {
    version: 1,
    format: plan.format,
    ignored: plan.ignored,
    fields: rows,
    files: changes.map(({ path }) => path),
    secrets: plan.secrets,
    targets: plan.targets.map(({ problems, ...target }) => ({
      ...target,
      problems: problems.map(toProblem),
    })),
    problems: plan.problems.map(toProblem),
  };
}

function toProblem({ file, line, column, path, message }: ImportPlan['problems'][number]) {
  return { file, line, column, path, message };
}
