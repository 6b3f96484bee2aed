import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { plainText, variables } from './names.ts';

const command = plainText('a command');
const list = z.array(command).min(1, 'a list of at least one command');

const patternRule =
  'a pattern of files inside the source folder, such as migrations/*.sql: * and ? match parts of names, ** matches folders';

/**
 * A relative glob that cannot leave its folder: it has no braces or classes, which could combine to `..`. Each segment
 * is a name, so that every file has one path.
 */
const pattern = z
  .string(patternRule)
  .regex(/^(?!\/)(?!.*(^|\/)\.{1,2}(\/|$))[\w@+~./*?-]+$/, patternRule)
  .max(256, 'a pattern of at most 256 characters')
  .refine(
    hasFewStars,
    'must have at most 2 stars in each part between slashes, and at most 2 parts that are **',
  );

/** Each further star multiplies the time in which a name is matched, and each further `**` that of the whole folder. */
function hasFewStars(text: string): boolean {
  const parts = text.split('/');
  return (
    parts.every((part) => part.split('*').length <= 3) && parts.filter((part) => part === '**').length <= 2
  );
}

const withVariables = fields({
  command: z.union([command, list], 'a command or a list of commands'),
  variables: variables.describe(
    'Variables for these commands only. They override the variables of the service, in which the owner of a Postgres replaces its role `app`.',
  ),
  migrations: pattern
    .optional()
    .describe(
      'Pattern of the migration files in the source folder, such as `migrations/*.sql`. The artifact contains them at the same paths, and previews list those that are pending, in byte order of their paths. A file `<name>.down.*` in the same folder marks a migration `<name>.*` as reversible.',
    ),
  backwardCompatible: z
    .boolean('true or false')
    .optional()
    .describe(
      'Whether the former release runs with the schema of the new one. Then `onFailure: rollback` may go back across migrations.',
    ),
});

/** Commands that run one after the other before the rollout, with their own variables, and the migrations that they apply. */
export const preDeploy = z
  .union(
    [command, list, withVariables],
    'a command, a list of commands, or a map with command, variables, migrations and backwardCompatible',
  )
  .transform((value) => {
    const whole: z.output<typeof withVariables> =
      typeof value === 'string' || Array.isArray(value) ? { command: value, variables: {} } : value;
    return { ...whole, command: [whole.command].flat() };
  });
