import { z } from 'zod';
import { fields } from '../fields/fields.ts';
import { plainText, variables } from './names.ts';

const command = plainText('a command');
const list = z.array(command).min(1, 'a list of at least one command');

const withVariables = fields({
  command: z.union([command, list], 'a command or a list of commands'),
  variables: variables.describe(
    'Variables for these commands only. They override the variables of the service, in which the owner of a Postgres replaces its role `app`.',
  ),
});

/** Commands that run one after the other before the rollout, with their own variables. */
export const preDeploy = z
  .union([command, list, withVariables], 'a command, a list of commands, or a map with command and variables')
  .transform((value) => {
    const whole =
      typeof value === 'string' || Array.isArray(value) ? { command: value, variables: {} } : value;
    return { command: [whole.command].flat(), variables: whole.variables };
  });
