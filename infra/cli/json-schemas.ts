import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { makeJsonSchema } from '../common/json-schema.ts';
import { packageRoot } from '../common/roots.ts';
import { affectedDocumentSchema } from '../delivery/affected/document.ts';
import { artifactsDocumentSchema } from '../delivery/artifacts/document.ts';
import { driftDocumentSchema } from '../delivery/drift/document.ts';
import { environmentDiffSchema, environmentsDocumentSchema } from '../delivery/environments/document.ts';
import { historyDocumentSchema } from '../delivery/history/document.ts';
import { promotionDocumentSchema } from '../delivery/promotion/document.ts';
import { pullRequestDocumentSchema, pullRequestsDocumentSchema } from '../delivery/pull-requests/document.ts';
import { notificationSchema } from '../delivery/notify/notification.ts';
import { statusDocumentSchema } from '../delivery/status/document.ts';
import { importDocumentSchema } from '../import/document.ts';
import { updateDocumentSchema } from './up-end.ts';

/** By the part of the file and of the `$id` that names it: the schema and what it describes. */
const documents: Record<string, [z.ZodType, string]> = {
  affected: [affectedDocumentSchema, 'What `railhead affected --json` prints.'],
  artifacts: [artifactsDocumentSchema, 'What `railhead artifacts list --json` prints.'],
  drift: [driftDocumentSchema, 'What `railhead drift --json` prints. It contains no values of secrets.'],
  'environment-diff': [
    environmentDiffSchema,
    'What `railhead env diff --json` prints. It contains no values of secrets.',
  ],
  environments: [environmentsDocumentSchema, 'What `railhead env list --json` prints.'],
  history: [
    historyDocumentSchema,
    'What `railhead history --json` prints. It contains no values of secrets.',
  ],
  import: [importDocumentSchema, 'What `railhead import --json` prints. It contains no values of secrets.'],
  notification: [
    notificationSchema,
    'What the webhook of an environment gets at the end of each command in its history, and of each promotion to it.',
  ],
  promotion: [promotionDocumentSchema, 'What `railhead promote --json` prints.'],
  'pull-request': [pullRequestDocumentSchema, 'What `railhead pr up --json` prints.'],
  'pull-requests': [
    pullRequestsDocumentSchema,
    'What `railhead pr list --json` and `railhead pr reap --json` print.',
  ],
  status: [statusDocumentSchema, 'What `railhead status --json` prints.'],
  update: [updateDocumentSchema, 'What `railhead up --json` prints.'],
};

/** Generates the JSON Schemas of what commands print, each with its absolute path. */
export function makeSchemas(): Promise<[file: string, text: string][]> {
  return Promise.all(
    Object.entries(documents).map(async ([id, [schema, description]]) => {
      const title = `Railhead ${id.replace('-', ' ')}`;
      const text = await makeJsonSchema(schema, { id, title, description });
      return [join(packageRoot, 'stacks', `${id}.schema.json`), text] as [string, string];
    }),
  );
}

if (import.meta.main) {
  for (const [file, text] of await makeSchemas()) writeFileSync(file, text);
}
