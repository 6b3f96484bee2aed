import * as z from 'zod';
import { fields, oneOf, whole } from '../fields/fields.ts';
import { obeys, valueAt, type Rule } from '../fields/rules.ts';
import { someTime } from './durations.ts';

export const strategies = ['rolling', 'canary', 'blueGreen'] as const;

const stepRule = 'a percentage of the requests from 1% to 99%, such as 10%';
const errorsRule = 'an upper limit from <0.01% to <100%, such as <1%';
const latencyRule = 'an upper limit from <1ms to <60s, such as <500ms';

const step = z
  .string(stepRule)
  .regex(/^[1-9]\d?%$/, stepRule)
  .transform((text) => parseInt(text, 10));

/** In percent. */
const errors = z
  .string(errorsRule)
  .regex(/^<(?!0+(\.0+)?%)(100|\d{1,2}(\.\d{1,2})?)%$/, errorsRule)
  .transform((text) => Number(text.slice(1, -1)));

/** In milliseconds. */
const latency = z
  .string(latencyRule)
  .regex(/^<[1-9]\d{0,4}(ms|s)$/, latencyRule)
  .transform((text) => parseInt(text.slice(1), 10) * (text.endsWith('ms') ? 1 : 1000))
  .refine((milliseconds) => milliseconds <= 60_000, latencyRule);

/** The limits of a new version, in percent, milliseconds and seconds. */
const analysis = obeys(
  fields({
    errors: errors
      .optional()
      .describe('Limit of the share of requests that the new version fails to answer.'),
    p99: latency
      .optional()
      .describe('Limit of the time within which the new version begins to answer 99 % of its requests.'),
    for: someTime.describe('Time for which each step lasts.'),
    minRequests: whole(0, 1_000_000)
      .default(100)
      .describe('Number of requests that the new version must have answered in each step.'),
  }),
  [
    {
      key: 'errors',
      holds: (map) => ['errors', 'p99'].some((key) => valueAt(map, key) !== undefined),
      problem: 'is missing: an analysis needs "errors" or "p99"',
    },
  ],
);

const has = (map: object, key: string) => valueAt(map, key) !== undefined;
const is = (map: object, ...strategies: string[]) => strategies.includes(String(valueAt(map, 'strategy')));

const rules: Rule[] = [
  {
    key: 'steps',
    holds: (map) => !is(map, 'canary') || has(map, 'steps'),
    problem: 'is missing: "canary" needs the shares of the requests, such as [10%, 50%]',
  },
  {
    key: 'steps',
    holds: (map) => !is(map, 'rolling', 'blueGreen') || !has(map, 'steps'),
    problem: 'must be left out: only "canary" has steps',
  },
  {
    key: 'steps',
    holds: (map) => isAscending(valueAt(map, 'steps')),
    problem: 'must grow from step to step',
  },
  {
    key: 'analysis',
    holds: (map) => !is(map, 'canary', 'blueGreen') || has(map, 'analysis'),
    problem: 'is missing: without it nothing decides whether the new version stays',
  },
  {
    key: 'analysis',
    holds: (map) => !is(map, 'rolling') || !has(map, 'analysis'),
    problem: 'must be left out: "rolling" has no analysis',
  },
];

export const rollout = obeys(
  fields({
    strategy: oneOf(strategies).describe(
      '`rolling` (default): new replicas replace the old ones once they are ready. `canary`: the new version gets a growing share of the requests. `blueGreen`: it gets all requests at once, and the old one waits.',
    ),
    steps: z
      .array(step, 'a list of percentages, such as [10%, 50%]')
      .min(1, 'at least one step')
      .max(10, 'at most 10 steps')
      .optional()
      .describe('Share of the requests that the new version gets in each step of a canary.'),
    analysis: analysis
      .optional()
      .describe(
        'What the new version must keep to. If it does not, the old version gets all requests again.',
      ),
  }),
  rules,
);

function isAscending(steps: unknown): boolean {
  if (!Array.isArray(steps)) return true;
  const shares = steps.map((each) => (typeof each === 'number' ? each : parseInt(String(each), 10)));
  return shares.every((share, index) => index === 0 || !(share <= (shares[index - 1] ?? 0)));
}
