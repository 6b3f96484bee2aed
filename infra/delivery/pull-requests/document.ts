import * as z from 'zod';
import type { MarkedStack } from './mark.ts';

const expires = z.string().describe('When `railhead pr reap` may remove it, in UTC.');
const environment = z.string().describe('The name of the environment: `pr-7`.');
const pullRequest = z.int().describe('The number of the pull request.');
const from = z.string().describe('The environment whose settings it has.');

/** What `railhead pr up --json` prints. */
export const pullRequestDocumentSchema = z.strictObject({
  version: z.literal(1),
  pullRequest,
  environment,
  from,
  result: z
    .enum(['succeeded', 'failed', 'nothing'])
    .describe('`nothing`: the pull request affects no service, so there is no environment.'),
  url: z.string().optional().describe('The public URL. Absent without a gateway, and if the update failed.'),
  expires: expires.optional(),
  services: z.array(z.string()).describe('The services that run, in start order.'),
  left: z.array(z.string()).describe('Services of the stack file that do not run.'),
  shared: z
    .record(z.string(), z.string())
    .describe('The services of `from` that it uses in place of copies, with their addresses.'),
  addresses: z.record(z.string(), z.string()).describe('The private address of each service that has one.'),
  problems: z.array(z.string()).describe('What the update reported.'),
});

export type PullRequestDocument = z.infer<typeof pullRequestDocumentSchema>;

const results = ['removed', 'would be removed', 'in use', 'failed', 'kept'] as const;

/** What `railhead pr list --json` and `railhead pr reap --json` print. */
export const pullRequestsDocumentSchema = z.strictObject({
  version: z.literal(1),
  environments: z.array(
    z.strictObject({
      environment,
      pullRequest,
      from,
      expires,
      expired: z.boolean(),
      result: z.enum(results).optional().describe('What `pr reap` has done. Absent in a list.'),
      problem: z.string().optional().describe('Why it was not removed.'),
    }),
  ),
});

type Listed = z.infer<typeof pullRequestsDocumentSchema>['environments'][number];

export type Reaped = Listed & { result: (typeof results)[number] };

export function listed({ name, mark }: MarkedStack, now = new Date()): Listed {
  const { number: pullRequest, from, expires } = mark;
  return { environment: name, pullRequest, from, expires, expired: isExpired(mark, now) };
}

export function isExpired({ expires }: { expires: string }, now = new Date()): boolean {
  return new Date(expires) <= now;
}

export function formatDocument<T>(schema: z.ZodType<T>, document: T): string {
  return JSON.stringify(schema.parse(document), undefined, 2);
}
