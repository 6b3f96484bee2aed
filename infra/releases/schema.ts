import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { obeys, valueAt } from '../fields/rules.ts';

const text = z.string('a text').min(1, 'a text');
const commit = pattern(/^[0-9a-f]{40,64}$/, 'the whole hash of a commit');
const digest = 'sha256: and 64 hex digits';

/** An artifact that is used as it is. */
const pin = obeys(
  fields({
    hash: pattern(/^[0-9a-f]{16}$/, '16 hex digits').describe('What the artifact was built from.'),
    content: pattern(/^sha256:[0-9a-f]{64}$/, digest)
      .optional()
      .describe('Digest of the built files. They are checked against it before they run.'),
    image: pattern(/^[a-z0-9][\w./:-]*@sha256:[0-9a-f]{64}$/, `an image with its digest: <name>@${digest}`)
      .optional()
      .describe('The image in a registry. Targets with containers run it.'),
    buildVariables: z
      .record(z.string(), pattern(/^[0-9a-f]{8}$/, '8 hex digits'), 'a map of hashes')
      .optional()
      .describe(
        'The first 8 hex digits of the SHA-256 of each variable that its build used. `promote` compares them with the values of the other environment.',
      ),
    commit: commit
      .optional()
      .describe('The commit that the artifact was built from, if it is not the one of the release.'),
  }),
  [
    {
      key: 'content',
      holds: (map) => valueAt(map, 'content') !== undefined || valueAt(map, 'image') !== undefined,
      problem: 'needs `content` or `image`, without which it names nothing that can run',
    },
  ],
);

/** The schema of `releases/<env>.yaml`: the artifacts that an environment runs, none of which is built. */
export const releaseSchema = fields({
  version: z.literal(1, '1').describe('Version of this format.'),
  environment: text.describe('The environment that the artifacts come from.'),
  commit: commit
    .optional()
    .describe('The commit that the artifacts without an own `commit` were built from.'),
  stack: fields({
    file: text.describe('Path relative to the project.'),
    commit: commit.optional().describe('The commit that has the file as it was deployed.'),
    copies: text
      .optional()
      .describe(
        'Folder with the stack files as they were before a rollback. `railhead:stackFile` names the copy. The next promotion removes the folder.',
      ),
  }).describe('The stack file that the artifacts ran with.'),
  rollback: fields({
    to: z.int('a number').positive('a number').describe('The update in the history that came back.'),
    stackFile: text
      .optional()
      .describe('`railhead:stackFile` before the rollback, to which the next promotion returns.'),
    failed: z
      .int('a number')
      .positive('a number')
      .optional()
      .describe('The update that failed, if `onFailure: rollback` began the rollback.'),
    services: z.array(text).optional().describe('The services that failed in that update.'),
  })
    .optional()
    .describe('Present after a rollback.'),
  time: z.iso.datetime('a time, such as 2026-11-29T06:18:32Z').describe('When the release was made.'),
  by: text.describe('Who made it.'),
  artifacts: z
    .record(z.string(), pin, 'a map of artifacts')
    .describe(
      'One for each service with a `source`, and for `gateway` and `balancer` where the target needs them.',
    ),
});

/** A release file. */
export type ReleaseFile = z.output<typeof releaseSchema>;

/** An artifact of a release file. */
export type Pin = ReleaseFile['artifacts'][string];

function pattern(form: RegExp, expected: string) {
  return z.string(expected).regex(form, expected);
}
