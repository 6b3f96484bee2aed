import * as z from 'zod';
import { fields, oneOf } from '../fields/fields.ts';
import { domainName, plainText, secretName, serviceReference } from './names.ts';

const lifetimeRule = 'a time from 1h to 90d, such as 12h or 3d';
const hours = { h: 1, d: 24 } as const;

/** A time in hours. */
const lifetime = z
  .string(lifetimeRule)
  .regex(/^[1-9]\d{0,3}[hd]$/, lifetimeRule)
  .transform((text) => parseInt(text, 10) * hours[text.slice(-1) as keyof typeof hours])
  .refine((time) => time <= 90 * 24, lifetimeRule);

/** What `railhead pr up` may make of an environment. Without it, no environment of a pull request takes its settings. */
export const pullRequests = fields({
  expires: lifetime
    .prefault('3d')
    .describe('How long after its last update `railhead pr reap` removes the environment of a pull request.'),
  seed: z
    .record(z.string(), plainText('a command'), 'a map from services to commands')
    .default({})
    .describe(
      'Commands that fill the empty databases, by service. Each runs after the `preDeploy` of the service, once per artifact, with the same variables.',
    ),
  secrets: z
    .record(secretName, oneOf(['generate', 'copy']), 'a map from names of secrets to generate or copy')
    .default({})
    .describe(
      'Secrets that the environments of pull requests get: a random value of their own, or the value of this environment.',
    ),
  share: z
    .array(serviceReference, 'a list of services')
    .default([])
    .describe(
      'Services of this environment that the ones of pull requests use in place of copies, unless the pull request affects them. A pull request then reads and changes their data.',
    ),
  domain: domainName
    .optional()
    .describe(
      'The gateway of #7 serves `pr-7` below this domain, on targets whose gateway has a domain. DNS and TLS for it exist already.',
    ),
});
