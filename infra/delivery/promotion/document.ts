import * as z from 'zod';

/** What `railhead promote --json` prints. */
export const promotionDocumentSchema = z.strictObject({
  version: z.literal(1),
  from: z.string().describe('The environment that runs the artifacts.'),
  to: z.string().describe('The environment that gets them.'),
  number: z.int().positive().describe('The number of the update that is promoted, in the history of `from`.'),
  file: z.string().describe('The release file, relative to the project.'),
  result: z
    .enum(['unchanged', 'written', 'proposed'])
    .describe('`unchanged`: the file has these artifacts already. `proposed`: a branch has the file.'),
  warnings: z
    .array(z.string())
    .describe('Problems that do not stop the promotion, such as build variables with other values in `to`.'),
  branch: z.string().optional().describe('With `--pr`: the new branch of the clone. Nothing was pushed.'),
  title: z.string().describe('The title of the pull request.'),
  body: z.string().optional().describe('With `--pr`: the body of the pull request, in Markdown.'),
});

export type PromotionDocument = z.infer<typeof promotionDocumentSchema>;
