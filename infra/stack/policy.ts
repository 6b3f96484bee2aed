import * as z from 'zod';
import { fields, oneOf } from '../fields/fields.ts';
import { folder, plainText } from './names.ts';

/** What an environment is used for, which decides the rules that it must keep. */
export const stages = ['development', 'staging', 'production'] as const;

export type Stage = (typeof stages)[number];

const form = /^\d{4}-\d{2}-\d{2}$/;
const dateRule = 'a date, such as 2027-06-30';

const date = z
  .string(dateRule)
  .regex(form, dateRule)
  .refine((text) => !form.test(text) || isDay(text), 'must be a day of the calendar');

const waiver = fields({
  rule: plainText('the name of a rule').describe('The rule whose findings are waived.'),
  service: plainText('the name of a service')
    .optional()
    .describe('Limits the waiver to one service, or to `gateway`.'),
  reason: plainText('a reason').describe('Why the rule does not have to hold here.'),
  until: date.describe('Last day of the waiver, in UTC. After it, the findings are errors again.'),
});

/** The rules that an environment must keep before it is updated. */
export const policy = fields({
  stage: oneOf(stages)
    .optional()
    .describe(
      'What the environment is used for; decides which rules apply. Default: `development` with `railhead:ownMachine: true` in the settings of the environment, else `staging`.',
    ),
  rules: folder
    .optional()
    .describe('Folder with your own rules, relative to the repository root: one TypeScript file per rule.'),
  waivers: z
    .array(waiver, 'a list of waivers')
    .default([])
    .describe('Findings that are accepted until a date.'),
}).prefault({});

/** Returns whether the day exists: `Date` accepts 30 February as 2 March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
