import { posix } from 'node:path';
import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { folder, plainText, variableName } from './names.ts';

const fileRule = 'a file inside the build context, such as Dockerfile';
const file = z.string(fileRule).regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\s\\:]+$/, fileRule);

const stageRule = 'the name of a stage, such as runtime';

const argument = z
  .union([z.string(), z.number(), z.boolean()], 'text, a number or a boolean')
  .transform(String)
  .refine((text) => !text.includes('\0'), 'must not contain NUL')
  .refine((text) => !text.includes('${{'), 'must contain no reference: name a variable in "buildVariables"');

const build = fields({
  path: file.default('Dockerfile').describe('The Dockerfile, relative to the build context.'),
  context: folder
    .optional()
    .describe(
      'Folder that the build can copy from, relative to the repository root; default: `source`. It contains `source`. Files that its `.dockerignore` excludes are no inputs of the image.',
    ),
  target: plainText(stageRule)
    .regex(/^[\w.-]+$/, stageRule)
    .optional()
    .describe('Stage of the Dockerfile that becomes the image. Default: the last one.'),
  args: z
    .record(variableName, argument, 'a map of arguments')
    .default({})
    .describe('Values that the Dockerfile receives as ARG, as in Compose. They are not secret.'),
});

/** The Dockerfile of a service, and how it is built. */
export const dockerfile = z
  .union([file, build], 'a file inside the source folder, or a map with the keys path, context, target, args')
  .transform((value): z.output<typeof build> =>
    typeof value === 'string' ? { path: value, args: {} } : value,
  );

interface Built {
  source: string;
  dockerfile?: z.output<typeof build> | undefined;
}

/** Returns the folder that a service is built from, relative to the project: the build context of its Dockerfile, or its source folder. */
export function buildContext({ source, dockerfile }: Built): string {
  return posix.normalize(dockerfile?.context ?? source).replace(/(?<=.)\/$/, '');
}

/** Whether a folder is another one or below it; both relative to the project. */
export function contains(outer: string, inner: string): boolean {
  const path = posix.relative(posix.join('/', outer), posix.join('/', inner));
  return path !== '..' && !path.startsWith('../');
}
