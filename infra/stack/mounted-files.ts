import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { obeys, valueAt, type Rule } from '../fields/rules.ts';
import { absolutePath } from './container.ts';
import { unfit, unfitRule } from './names.ts';
import { repositoryFile } from './repository-file.ts';

const rules: Rule[] = [
  {
    key: 'source',
    holds: (file) => valueAt(file, 'source') === undefined || valueAt(file, 'content') === undefined,
    problem: 'must be left out with "content": the file is one or the other',
  },
  {
    key: 'source',
    holds: (file) => valueAt(file, 'source') !== undefined || valueAt(file, 'content') !== undefined,
    problem: 'is missing: a file needs "source" or "content"',
  },
];

const mountedFile = obeys(
  fields({
    path: absolutePath.describe('Path of the file in the container.'),
    source: repositoryFile('config/nginx.conf')
      .optional()
      .describe('File with the content, relative to the repository root. It is mounted as it is.'),
    content: z
      .string('text')
      .refine((text) => text.isWellFormed() && !unfit.test(text), unfitRule)
      .optional()
      .describe('The content. It may contain ${{references}}, also to secrets.'),
  }),
  rules,
);

/** Maximum number of `files` of a service. */
export const maxFiles = 32;

/** Files that the replicas of a service find in their file system, read-only. */
export const mountedFiles = z
  .array(mountedFile, 'a list of files')
  .max(maxFiles, `at most ${maxFiles} files`);
